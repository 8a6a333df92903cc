package io.github.collapse4j.cli.solve;

import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.ModelOptions;
import io.github.collapse4j.cosine.CosineAssessor;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.cosine.CosineSolution;
import io.github.collapse4j.cosine.CosineSolver;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
            SolutionFiles.prepareFolder(directory, classCounts, d);
        }
        long start = System.nanoTime();
        CosineSolution solution = new CosineSolver(search)
                .solve(CosineProblem.ofClasses(classCounts, d, features.temperature(), features.margin()));
        double seconds = (System.nanoTime() - start) / 1e9;
        CosineReport report = new CosineReport(solution, new CosineAssessor(search).assess(solution), seconds);
        if (directory != null) {
            write(solution, directory);
        }
        PrintWriter out = spec.commandLine().getOut();
        json.write(report::json, out);
        if (!json.isStandardOutput()) {
            out.print(report.text());
            if (directory != null) {
                out.println();
                out.println("  Written to " + directory + ": features.npy, labels.npy, weights.npy");
                out.println("  To certify them: collapse4j certify " + directory + features.arguments());
            }
            out.flush();
        }
        return 0;
    }

    private static void write(CosineSolution solution, Path directory) throws IOException {
        ClassCounts counts = solution.problem().counts();
        Matrix scaled = solution.point().features().copy();
        for (int i = 0; i < scaled.data().length; i++) {
            scaled.data()[i] *= Math.sqrt((double) counts.count(i / scaled.rows()));
        }
        SolutionFiles.writeLayer(directory, counts, solution.point().weights(), scaled);
        Files.deleteIfExists(directory.resolve("bias.npy")); // of an earlier solution
    }
}
