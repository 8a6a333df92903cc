package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.StatedFeatures;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.Penalties;
import io.github.collapse4j.lastlayer.PresentClasses;
import io.github.collapse4j.lastlayer.TargetSummary;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.TrainingLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The loss and the penalties that a layer is judged by: options, or what its folder states. */
@OptionGroup("Loss and penalties")
final class ObjectiveOptions {
    @Option(
            names = "--loss",
            converter = LossName.Converter.class,
            description =
                    "${COMPLETION-CANDIDATES}: cross-entropy, squared error or binary cross-entropy summed over the classes"
                            + " (default: ce, or that of the folder).")
    private @Nullable LossName loss;

    @Mixin
    private LossOptions lossOptions = new LossOptions();

    @Option(
            names = "--lambda-w",
            paramLabel = "x",
            converter = Ranges.Positive.class,
            description = "Penalty λ_W of the weights (default: implied, or that of the folder).")
    private @Nullable Double lambdaW;

    @Option(
            names = "--lambda-h",
            paramLabel = "y",
            converter = Ranges.Positive.class,
            description = "Penalty λ_H of the features (default: implied, or that of the folder).")
    private @Nullable Double lambdaH;

    @Option(
            names = "--lambda-b",
            converter = Ranges.NotNegative.class,
            paramLabel = "z",
            description = "Penalty λ_b of the bias, 0 for a free bias (default: 0, or that of the folder).")
    private @Nullable Double lambdaB;

    @Option(
            names = "--weight-decay",
            converter = Ranges.Positive.class,
            paramLabel = "x",
            description =
                    "Weight decay of the training: compared with the implied λ_W, and used instead of it, with λ_H"
                            + " by balance, if the implied μ is not positive.")
    private @Nullable Double weightDecay;

    /** The loss of the layer's folder, if no option states one. */
    private @Nullable TrainingLoss storedLoss;

    /** Where it is stored, for messages. */
    private String place = "";

    /**
     * Takes from a folder what a layer was trained to minimise, as far as no option states it.
     *
     * @return what was taken and what options override, in a line; empty if the folder states nothing
     * @throws InputException if the folder's objective is damaged
     */
    Optional<String> takeFrom(Path folder, FeatureOptions features) throws IOException {
        TrainedObjective stored = TrainedObjective.in(folder).orElse(null);
        if (stored == null) {
            return Optional.empty();
        }
        place = folder.resolve(TrainedObjective.FILE).toString();
        StringJoiner taken = new StringJoiner(", ");
        StringJoiner overridden = new StringJoiner(", ", "; overridden by options: ", "").setEmptyValue("");
        takeLoss(stored, taken, overridden);
        takeFeatures(stored, features, taken, overridden);
        OptionalDouble decay = stored.weightDecay();
        if (weightDecay != null && decay.isPresent()) {
            overridden.add("weight decay"); // and what follows from it
            decay = OptionalDouble.empty();
        } else {
            lambdaW = penalty(lambdaW, first(stored.lambdaW(), decay), "λ_W", taken, overridden);
            if (lambdaH != null && decay.isPresent() && stored.lambdaH().isEmpty()) {
                overridden.add("λ_H"); // which would follow by balance
            }
            lambdaH = penalty(lambdaH, stored.lambdaH(), "λ_H", taken, overridden);
            lambdaB = penalty(lambdaB, first(stored.lambdaB(), decay), "λ_b", taken, overridden);
        }
        if (decay.isPresent()) {
            weightDecay = lambdaW;
            if (lambdaH == null) {
                taken.add("λ_H by balance");
            }
        }
        return Optional.of(place + ": " + (taken.length() == 0 ? "nothing taken" : taken) + overridden);
    }

    /** The targets that the objective of a folder states; options of the loss replace them too. */
    Optional<Path> targetsIn(Path folder) throws IOException {
        return loss != null || !lossOptions.isPlain()
                ? Optional.empty()
                : TrainedObjective.in(folder).flatMap(TrainedObjective::targets).map(folder::resolve);
    }

    private static OptionalDouble first(OptionalDouble stated, OptionalDouble otherwise) {
        return stated.isPresent() ? stated : otherwise;
    }

    private void takeLoss(TrainedObjective stored, StringJoiner taken, StringJoiner overridden) {
        if (loss == null && lossOptions.isPlain()) {
            storedLoss = stored.loss();
            taken.add(StatedLoss.title(storedLoss));
            stored.targets().ifPresent(file -> taken.add("targets " + file));
            return;
        }
        if (loss == null) {
            loss = LossName.of(stored.loss().kind()); // with the options that are given, and no others
            taken.add(loss.title());
        }
        overridden.add(stored.targets().isPresent() ? "loss, targets" : "loss");
    }

    /** Names a domain that is not the usual one. */
    private void takeFeatures(
            TrainedObjective stored, FeatureOptions features, StringJoiner taken, StringJoiner overridden) {
        StatedFeatures stated = stored.features().orElse(null);
        if (stated == null) {
            return;
        }
        if (!features.take(stated, place)) {
            overridden.add("features");
        } else if (stated.domain() == FeatureDomain.UNIT) {
            taken.add("unit features");
            take("temperature", stated.temperature().orElseThrow(), features.temperature(), taken, overridden);
            take("margin", stated.margin(), features.margin(), taken, overridden);
        } else if (stated.domain() == FeatureDomain.NONNEGATIVE) {
            taken.add("non-negative features");
        }
    }

    private static void take(String name, double stated, double used, StringJoiner taken, StringJoiner overridden) {
        if (used != stated) {
            overridden.add(name);
        } else if (stated != 0) {
            taken.add(name + " " + Table.number(stated));
        }
    }

    private static @Nullable Double penalty(
            @Nullable Double option, OptionalDouble stored, String name, StringJoiner taken, StringJoiner overridden) {
        if (stored.isEmpty()) {
            return option;
        }
        if (option != null) {
            overridden.add(name);
            return option;
        }
        taken.add(name + " = " + Table.number(stored.getAsDouble()));
        return stored.getAsDouble();
    }

    /** The loss of samples with labels, of the classes that are present. */
    StatedLoss loss(PresentClasses present) throws IOException {
        LastLayer layer = present.layer();
        boolean freeBias = layer.hasBias() && lambdaB() == 0;
        LossName name = lossName();
        if (lossOptions.isPlain() && (storedLoss == null || storedLoss.isPlain()) && name != LossName.bce) {
            return StatedLoss.plain(name);
        }
        if (storedLoss == null) {
            return lossOptions.ofClasses(name, layer.counts(), present.absent(), freeBias);
        }
        try {
            return StatedLoss.of(storedLoss.without(present.absent()), layer.counts(), freeBias);
        } catch (IllegalArgumentException e) {
            throw new InputException(place + ": " + e.getMessage());
        }
    }

    /** The loss by name. */
    LossName lossName() {
        return storedLoss != null ? LossName.of(storedLoss.kind()) : loss == null ? LossName.ce : loss;
    }

    /** The loss of samples with targets; options that do not apply or leave no minimum are a usage error. */
    StatedLoss targetLoss(TargetSummary summary, String file, boolean hasBias) throws IOException {
        boolean isFree = hasBias && lambdaB() == 0;
        if (storedLoss != null) {
            return StatedLoss.ofTargets(storedLoss, ClassCounts.of(summary.samples()), file, summary.mean(), isFree);
        }
        return lossOptions.ofTargets(lossName(), ClassCounts.of(summary.samples()), file, summary.mean(), isFree);
    }

    /** The penalties that are stated, not implied. */
    Penalties.Given given() {
        return new Penalties.Given(optional(lambdaW), optional(lambdaH), optional(weightDecay));
    }

    /** λ_b, 0 for a free bias. */
    double lambdaB() {
        return lambdaB == null ? 0 : lambdaB;
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
