package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.cli.option.CountsOptions;
import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cosine.CosineLandscape;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.io.GroupedLayer;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.model.ClassCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --labels}: the landscape of a cosine head of groups of samples, several of which may belong to a class. */
@OptionGroup("Features")
final class CosineGroups {
    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "y",
            description = "For unit features: the class of each of --counts, from 0, for several groups in a class.")
    private int @Nullable [] labels;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Refuses the option where features are not unit vectors. */
    void requireNone() {
        if (labels != null) {
            throw new ParameterException(spec.commandLine(), "--labels: expected --features=unit, found none");
        }
    }

    /**
     * Explores each dimension of a range.
     *
     * @param dimensions null for K − 1 and K
     * @param folder receives the points, unless it is null
     */
    void explore(
            CountsOptions counts,
            FeatureOptions features,
            @Nullable DimensionRange dimensions,
            int starts,
            long seed,
            @Nullable Path folder,
            LandscapeOutput output)
            throws IOException {
        CosineProblem problem = problem(counts, features);
        int classes = problem.classes();
        DimensionRange range = dimensions == null ? new DimensionRange(Math.max(2, classes - 1), classes) : dimensions;
        if (range.first() < 2 && classes > 2) {
            throw new ParameterException(
                    spec.commandLine(), "--dim: expected at least 2 for unit features, found " + range);
        }
        for (int d = range.first(); d <= range.last(); d++) {
            CosineLandscapeReport report =
                    new CosineLandscapeReport(CosineLandscape.explore(problem.withFeatureDimension(d), starts, seed));
            Optional<PointFiles> files = PointFiles.in(
                    folder,
                    "ce/d" + d,
                    problem.counts(),
                    new GroupedLayer.Labels(problem.labels()),
                    TrainedObjective.cosine(problem.temperature(), problem.margins()[0]),
                    d);
            if (files.isPresent()) {
                report.write(files.get());
            }
            output.add(report.json(), () -> report.text() + PointFiles.announcement(files));
        }
    }

    /** The problem at d = K. */
    private CosineProblem problem(CountsOptions counts, FeatureOptions features) {
        if (labels == null) {
            ClassCounts classCounts = counts.classCounts();
            return CosineProblem.ofClasses(
                    classCounts, classCounts.classes(), features.temperature(), features.margin());
        }
        ClassCounts groups = counts.groupCounts();
        int classes = Arrays.stream(labels).max().orElse(0) + 1;
        double[] margins = new double[Math.max(1, classes)];
        Arrays.fill(margins, features.margin());
        try {
            return new CosineProblem(classes, labels, groups, Math.max(2, classes), features.temperature(), margins);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--labels: " + e.getMessage());
        }
    }
}
