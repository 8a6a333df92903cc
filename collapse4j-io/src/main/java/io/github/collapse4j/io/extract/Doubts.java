package io.github.collapse4j.io.extract;

import io.github.collapse4j.io.input.ModelInputs;
import io.github.collapse4j.io.input.Normalisation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Does the accuracy look like that of a model that sees what it was trained for? Chance is easy to recognise. A wrong
 * normalisation costs a few per cent only, so the usual ones are tried on some of the samples: on those that were
 * answered wrongly, which it would have to answer better, and on some that were answered rightly, which it must not lose.
 */
final class Doubts {
    private static final List<Normalisation> USUAL = List.of(
            Normalisation.NONE, Normalisation.UNIT, Normalisation.SIGNED, Normalisation.MNIST, Normalisation.IMAGENET);

    /** Differences this many times larger than their standard error are no accident. */
    private static final double CERTAINTY = 3;

    private final TrainedModel model;
    private final Batches batches;
    private final ModelInputs inputs;
    private final int[] labels;

    Doubts(TrainedModel model, Batches batches, ModelInputs inputs, int[] labels) {
        this.model = model;
        this.batches = batches;
        this.inputs = inputs;
        this.labels = labels;
    }

    /** What there is to say, in whole sentences. */
    List<String> about(Answers answers) throws IOException {
        List<String> doubts = new ArrayList<>();
        double accuracy = (double) answers.correct() / labels.length;
        chance(accuracy).ifPresent(doubts::add);
        Normalisation best = inputs.normalisation();
        double gained = 0;
        double promised = accuracy;
        for (Normalisation other : USUAL) {
            Optional<ModelInputs> prepared =
                    other.equals(inputs.normalisation()) ? Optional.empty() : inputs.normalised(other);
            if (prepared.isEmpty()) {
                continue;
            }
            Share mended = right(prepared.get(), answers.wrong());
            Share kept = right(prepared.get(), answers.right());
            double gain = (1 - accuracy) * mended.mean() - accuracy * (1 - kept.mean());
            double error = Math.hypot((1 - accuracy) * mended.error(), accuracy * kept.error());
            if (gain > CERTAINTY * error && gain > gained) {
                gained = gain;
                best = other;
                promised = accuracy + gain;
            }
        }
        if (gained > 0) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "The normalisation looks wrong: with %s about %.1f %% would be right, instead of %.2f %%.",
                    best.equals(Normalisation.NONE) ? "pixels from 0 to 255" : best.text(),
                    100 * promised,
                    100 * accuracy));
        }
        return doubts;
    }

    private Optional<String> chance(double accuracy) {
        int classes = model.weights().rows();
        long[] counts = new long[classes];
        int most = 0;
        for (int label : labels) {
            counts[label]++;
            most = counts[label] > counts[most] ? label : most;
        }
        double constant = (double) counts[most] / labels.length;
        double error = Math.sqrt(constant * (1 - constant) / labels.length);
        boolean isLow = classes > 4 && accuracy <= 2.0 / classes;
        if (!isLow && accuracy > constant + CERTAINTY * error) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "An accuracy of %.2f %% is no better than chance (always answering class %d: %.2f %%): do the labels count"
                        + " the classes as the model does, and are its inputs prepared as in training?",
                100 * accuracy,
                most,
                100 * constant));
    }

    private Share right(ModelInputs prepared, long[] samples) throws IOException {
        int classes = model.weights().rows();
        float[] logits = batches.run(prepared, samples).logits();
        int right = 0;
        for (int i = 0; i < samples.length; i++) {
            if (Answers.isRight(logits, i, classes, labels[(int) samples[i]])) {
                right++;
            }
        }
        return new Share(right, samples.length);
    }

    /** A share of a sample, estimated after Agresti and Coull, so that none and all have an error, too. */
    private record Share(int part, int of) {
        double mean() {
            return of == 0 ? 0.5 : (part + 1.0) / (of + 2.0);
        }

        double error() {
            return of == 0 ? 0 : Math.sqrt(mean() * (1 - mean()) / (of + 2.0));
        }
    }
}
