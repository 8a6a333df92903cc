package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that state one model: sizes, loss and penalties. */
public final class ModelOptions {
    @Mixin
    private CountsOptions counts = new CountsOptions();

    @Option(
            names = "--dim",
            paramLabel = "d",
            converter = Ranges.AtLeastOne.class,
            description = "Feature dimension (default: K).")
    private @Nullable Integer dimension;

    @OptionGroup("Loss and penalties")
    @Option(
            names = "--loss",
            defaultValue = "ce",
            converter = LossName.Converter.class,
            description = "${COMPLETION-CANDIDATES}: cross-entropy, squared error or binary cross-entropy (default:"
                    + " ${DEFAULT-VALUE}). All are averaged over the samples; bce is summed over the classes, K times PyTorch's"
                    + " mean.")
    private LossName loss = LossName.ce;

    @Mixin
    private LossOptions lossOptions = new LossOptions();

    @Option(
            names = "--targets",
            paramLabel = "T.npy",
            description =
                    "Targets in place of class labels, M×K: a row for each count of --counts, a distribution for ce,"
                            + " numbers from 0 to 1 for bce. With class weights, the loss is divided by the number of samples.")
    private @Nullable String targets;

    @Mixin
    private PenaltyOptions penalties = new PenaltyOptions(5e-4, 1e-5);

    /** The number of samples per class. */
    public CountsOptions counts() {
        return counts;
    }

    /** The stated feature dimension, or K. */
    public int dimension(int outputs) {
        return dimension == null ? outputs : dimension;
    }

    /** The loss by name. */
    public LossName loss() {
        return loss;
    }

    /** Whether samples have targets in place of class labels. */
    public boolean hasTargets() {
        return targets != null;
    }

    /** The penalties and the bias. */
    public PenaltyOptions penalties() {
        return penalties;
    }

    /** The model; options that do not fit together are a usage error. */
    public StatedModel model() throws IOException {
        boolean freeBias = penalties.bias() instanceof Bias.Free;
        if (targets == null) {
            ClassCounts classes = counts.classCounts();
            return new StatedModel(
                    lossOptions.ofClasses(loss, classes, freeBias),
                    classes,
                    Optional.empty(),
                    dimension(classes.classes()),
                    penalties);
        }
        ClassCounts groups = counts.groupCounts();
        Matrix matrix = TargetFile.read(targets, groups.classes(), "counts");
        return new StatedModel(
                lossOptions.ofTargets(loss, groups, targets, matrix, freeBias),
                groups,
                Optional.of(matrix),
                dimension(matrix.rows()),
                penalties);
    }
}
