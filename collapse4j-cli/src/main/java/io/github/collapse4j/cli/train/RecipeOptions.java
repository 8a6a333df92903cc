package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.TargetFile;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.image.LabelledImages;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Training options of {@code train}. Plain values: the engine's classes are loaded only when needed. */
@OptionGroup("Training")
final class RecipeOptions {
    /** Networks by name. */
    enum Model {
        mlp,
        cnn,
        resnet18
    }

    /** Optimisers. */
    enum Steps {
        sgd,
        adam
    }

    /** Courses of the learning rate. */
    enum Schedule {
        cosine,
        step,
        constant
    }

    @Option(
            names = "--model",
            defaultValue = "mlp",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Model model = Model.mlp;

    @Mixin
    FeatureOptions features = new FeatureOptions();

    @OptionGroup("Loss and penalties")
    @Option(
            names = "--loss",
            defaultValue = "ce",
            converter = LossName.Converter.class,
            description =
                    "${COMPLETION-CANDIDATES}: cross-entropy, squared error or binary cross-entropy summed over the classes"
                            + " (default: ${DEFAULT-VALUE}).")
    LossName loss = LossName.ce;

    @Mixin
    LossOptions lossOptions = new LossOptions();

    @Option(
            names = "--targets",
            paramLabel = "T.npy",
            description =
                    "Targets to train on in place of the classes, as of distillation or sets of labels, N×K: a row for"
                            + " each training image, in the order in which --out writes them, a distribution for ce, numbers"
                            + " from 0 to 1 for bce, any for mse. Accuracy is still that of the classes.")
    @Nullable
    String targets;

    @OptionGroup("Loss and penalties")
    @Option(names = "--no-bias", description = "Use a last layer without bias.")
    boolean noBias;

    @Option(
            names = "--epochs",
            paramLabel = "E",
            defaultValue = "100",
            converter = Ranges.AtLeastOne.class,
            description = "Passes over the training images (default: ${DEFAULT-VALUE}).")
    int epochs;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "128",
            converter = Ranges.AtLeastOne.class,
            description = "Batch size: maximum images per step (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--optimizer",
            defaultValue = "sgd",
            description = "${COMPLETION-CANDIDATES}; sgd has momentum 0.9 (default: ${DEFAULT-VALUE}).")
    Steps steps = Steps.sgd;

    @Option(
            names = "--rate",
            paramLabel = "r",
            converter = Ranges.Positive.class,
            description =
                    "Initial learning rate (default: sgd 0.1, with mse 0.02, with a temperature 0.1/t; adam 0.001).")
    @Nullable
    Double rate;

    @Option(
            names = "--schedule",
            defaultValue = "cosine",
            description = "${COMPLETION-CANDIDATES}: decay to 0, by a factor of ten after each third, or not at all"
                    + " (default: ${DEFAULT-VALUE}).")
    Schedule schedule = Schedule.cosine;

    @OptionGroup("Loss and penalties")
    @Option(
            names = "--lambda-w",
            paramLabel = "x",
            converter = Ranges.Positive.class,
            description = "Penalty λ_W of the last layer's weights (default: 0.005).")
    @Nullable
    Double lambdaW;

    @OptionGroup("Loss and penalties")
    @Option(
            names = "--lambda-h",
            paramLabel = "y",
            converter = Ranges.Positive.class,
            description = "Penalty λ_H of the features of all N images (default: λ_W/N).")
    @Nullable
    Double lambdaH;

    @OptionGroup("Loss and penalties")
    @Option(
            names = "--lambda-b",
            paramLabel = "z",
            converter = Ranges.NotNegative.class,
            description = "Penalty λ_b of the bias (default: 0).")
    @Nullable
    Double lambdaB;

    @OptionGroup("Loss and penalties")
    @Option(
            names = "--weight-decay",
            paramLabel = "v",
            converter = Ranges.NotNegative.class,
            description =
                    "The same penalty for every parameter, instead of λ_W, λ_H and λ_b. For the certificate, it is λ_W and"
                            + " λ_b, and λ_H = λ_W‖W‖²/‖H‖² (balance); those of a fixed head are implied.")
    @Nullable
    Double weightDecay;

    /** The training images with their soft labels, if there are any. */
    LabelledImages withTargets(LabelledImages images) throws IOException {
        if (targets == null) {
            return images;
        }
        Matrix matrix = TargetFile.read(targets, images.count(), "training images");
        if (matrix.rows() != images.classes()) {
            throw new InputException(targets + ": expected targets N×K with K = " + images.classes()
                    + " classes, found " + matrix.columns() + "×" + matrix.rows());
        }
        return images.withTargets(matrix);
    }

    /** The loss for the training images: for their class counts, or their soft labels. */
    StatedLoss statedLoss(LabelledImages images) throws IOException {
        double ofBias = Objects.requireNonNullElse(weightDecay != null ? weightDecay : lambdaB, 0.0);
        boolean freeBias = !noBias && ofBias == 0;
        return images.targets().isPresent()
                ? lossOptions.ofTargets(
                        loss,
                        ClassCounts.balanced(images.count(), 1),
                        Objects.requireNonNull(targets),
                        images.targets().get(),
                        freeBias)
                : lossOptions.ofClasses(loss, ClassCounts.ofLabels(images.labels(), images.classes()), freeBias);
    }

    boolean isContradictory() {
        return weightDecay != null && (lambdaW != null || lambdaH != null || lambdaB != null);
    }
}
