package io.github.collapse4j.cli.solve;

import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LayerFolder;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.ModelOptions;
import io.github.collapse4j.cosine.CosineAssessor;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.cosine.CosineSolution;
import io.github.collapse4j.cosine.CosineSolver;
import io.github.collapse4j.io.GroupedLayer;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.model.ClassCounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code solve --features unit}: the optimum of a cosine head. */
record CosineSolve(ModelOptions model, FeatureOptions features, JsonOption json, CommandSpec spec) {
    /**
     * Solves, writes and reports.
     *
     * @param directory where the layer is to be written, if anywhere
     */
    int run(CosineSolver.Options search, @Nullable Path directory) throws IOException {
        if (model.loss() != LossName.ce) {
            throw new ParameterException(
                    spec.commandLine(), "--loss: expected ce with --features=unit, found " + model.loss());
        }
        ClassCounts classCounts = model.counts().classCounts();
        int d = model.dimension(classCounts.classes());
        if (d < 2 && classCounts.classes() > 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--dim: expected at least 2 for unit features of 3 or more classes, found " + d);
        }
        if (Math.max(d, classCounts.classes()) > CosineSolver.MAX_CLASSES) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--features=unit: expected at most " + CosineSolver.MAX_CLASSES + " classes and dimensions, found "
                            + classCounts.classes() + " and " + d);
        }
        json.checkWritable();
        if (directory != null) {
            LayerFolder.prepare(directory, classCounts, classCounts.classes(), d);
        }
        long start = System.nanoTime();
        CosineSolution solution = new CosineSolver(search)
                .solve(CosineProblem.ofClasses(classCounts, d, features.temperature(), features.margin()));
        double seconds = (System.nanoTime() - start) / 1e9;
        CosineReport report = new CosineReport(solution, new CosineAssessor(search).assess(solution), seconds);
        GroupedLayer layer = layer(solution);
        if (directory != null) {
            layer.write(directory);
        }
        PrintWriter out = spec.commandLine().getOut();
        json.write(report::json, out);
        if (!json.isStandardOutput()) {
            out.print(report.text());
            if (directory != null) {
                SolutionFiles.announce(directory, layer, out);
            }
            out.flush();
        }
        return 0;
    }

    private static GroupedLayer layer(CosineSolution solution) {
        CosineProblem problem = solution.problem();
        return new GroupedLayer(
                solution.point().weights(),
                solution.point().features(),
                Optional.empty(),
                problem.counts(),
                new GroupedLayer.Labels(problem.labels()),
                TrainedObjective.cosine(problem.temperature(), problem.margins()[0]));
    }
}
