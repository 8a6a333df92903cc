package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.cli.option.CountsOptions;
import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.model.ClassCounts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A cosine head of groups of samples, several of which may belong to a class. */
final class CosineGroups {
    private CosineGroups() {}

    /**
     * The problem at d = K.
     *
     * @param labels the class of each of the counts; null for one group per class
     */
    static CosineProblem problem(
            CountsOptions counts, int @Nullable [] labels, FeatureOptions features, CommandSpec spec) {
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
