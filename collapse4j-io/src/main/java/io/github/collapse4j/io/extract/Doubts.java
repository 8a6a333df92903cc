package io.github.collapse4j.io.extract;

import io.github.collapse4j.io.input.ModelInputs;
import io.github.collapse4j.io.input.Normalisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
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
        better(answers, accuracy)
                .map(trial -> String.format(
                        Locale.ROOT,
                        "The normalisation looks wrong: with %s about %.1f %% would be right, instead of %.2f %%.",
                        trial.with().equals(Normalisation.NONE)
                                ? "pixels from 0 to 255"
                                : trial.with().text(),
                        100 * (accuracy + trial.gain()),
                        100 * accuracy))
                .ifPresent(doubts::add);
        return doubts;
    }

    /** A normalisation, and the accuracy gained with it. */
    private record Trial(Normalisation with, double gain, double error) {
        boolean isCertain() {
            return gain > CERTAINTY * error;
        }
    }

    private Optional<Trial> better(Answers answers, double accuracy) throws IOException {
        try {
            return USUAL.parallelStream()
                    .filter(other -> !other.equals(inputs.normalisation()) && answers.wrong().length > 0)
                    .flatMap(other -> inputs.normalised(other).stream())
                    .map(prepared -> trial(prepared, answers, accuracy))
                    .filter(Trial::isCertain)
                    .max(Comparator.comparingDouble(Trial::gain));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Trial trial(ModelInputs prepared, Answers answers, double accuracy) {
        Share mended = right(prepared, answers.wrong());
        Share kept = right(prepared, answers.right());
        return new Trial(
                prepared.normalisation(),
                (1 - accuracy) * mended.mean() - accuracy * (1 - kept.mean()),
                Math.hypot((1 - accuracy) * mended.error(), accuracy * kept.error()));
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

    private Share right(ModelInputs prepared, long[] samples) {
        int classes = model.weights().rows();
        float[] logits;
        try {
            logits = batches.run(prepared, samples).logits();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
