package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the decisions of classifiers, by true class. */
public final class DecisionAccumulator implements Accumulator<Decisions> {
    /** Largest K with a confusion matrix. */
    public static final int MAX_CONFUSION = 1000;

    private static final int TOTAL = 0;
    private static final int LINEAR = 1;
    private static final int LINEAR_NO_BIAS = 2;
    private static final int NEAREST = 3;
    private static final int AGREE = 4;
    private static final int AGREE_NO_BIAS = 5;
    private static final int TALLIES = 6;

    private final DecisionRules rules;
    private final long fingerprint;
    private final double[] tallies;
    private final double[] confusion;
    private @Nullable Decider decider;
    private @Nullable DeviationAccumulator deviations;
    private int capacity;

    /** An empty accumulator for the given rules. */
    DecisionAccumulator(DecisionRules rules) {
        this.rules = rules;
        this.fingerprint = rules.fingerprint();
        this.tallies = new double[TALLIES * rules.classes()];
        this.confusion = new double[confusionEntries(rules)];
    }

    private static int confusionEntries(DecisionRules rules) {
        int classes = rules.classes();
        return rules.hasMeans() && classes <= MAX_CONFUSION ? classes * classes : 0;
    }

    /** The kind of accumulators with the given rules. */
    public static AccumulatorKind<DecisionAccumulator> kind(DecisionRules rules) {
        return new AccumulatorKind<>(
                DecisionAccumulator.class, () -> new DecisionAccumulator(rules), state -> fromBytes(rules, state));
    }

    /**
     * Reuses the distances of samples from their class means that an accumulator of deviations from the same means has
     * computed; that one must be given each batch first.
     */
    public void follow(DeviationAccumulator first) {
        deviations = first;
    }

    @Override
    public void update(SampleBatch batch) {
        BatchChecks.require(batch, rules.classes(), rules.featureDimension());
        count(batch, deviations == null ? squares(batch) : deviations.batchSquares());
    }

    /** For each sample, its weight times the squared distance from its class mean, if that is needed. */
    private double[] squares(SampleBatch batch) {
        int d = rules.featureDimension();
        double[] squares = new double[batch.count()];
        for (int j = 0; j < squares.length && !rules.balls().areEmpty(); j++) {
            double distance = Vectors.squaredDistance(
                    batch.features(), j * d, rules.means().data(), batch.labels()[j] * d, d);
            squares[j] = batch.weights()[j] * distance;
        }
        return squares;
    }

    private void count(SampleBatch batch, double[] squares) {
        Decider current = decider;
        if (current == null || capacity < batch.capacity()) {
            capacity = batch.capacity();
            current = rules.decider(capacity);
            decider = current;
        }
        current.decide(batch, squares);
        tally(TOTAL, batch, batch.labels(), batch.labels());
        if (rules.hasLinear()) {
            tally(LINEAR, batch, current.winners(rules.withBias()), batch.labels());
            tally(LINEAR_NO_BIAS, batch, current.winners(rules.withoutBias()), batch.labels());
        }
        if (rules.hasMeans()) {
            int[] nearest = current.winners(rules.nearestMean());
            tally(NEAREST, batch, nearest, batch.labels());
            if (rules.hasLinear()) {
                tally(AGREE, batch, current.winners(rules.withBias()), nearest);
                tally(AGREE_NO_BIAS, batch, current.winners(rules.withoutBias()), nearest);
            }
            if (confusion.length > 0) {
                confuse(batch, nearest);
            }
        }
    }

    /** Adds, by true class, the weights of the samples on which two decisions agree. */
    private void tally(int kind, SampleBatch batch, int[] decided, int[] expected) {
        int first = kind * rules.classes();
        for (int j = 0; j < batch.count(); j++) {
            if (decided[j] == expected[j]) {
                tallies[first + batch.labels()[j]] += batch.weights()[j];
            }
        }
    }

    private void confuse(SampleBatch batch, int[] nearest) {
        for (int j = 0; j < batch.count(); j++) {
            confusion[batch.labels()[j] * rules.classes() + nearest[j]] += batch.weights()[j];
        }
    }

    @Override
    public void merge(Accumulator<?> other) {
        if (!(other instanceof DecisionAccumulator that) || that.fingerprint != fingerprint) {
            throw new IllegalArgumentException("states differ: their weights or means are not the same");
        }
        for (int i = 0; i < tallies.length; i++) {
            tallies[i] += that.tallies[i];
        }
        for (int i = 0; i < confusion.length; i++) {
            confusion[i] += that.confusion[i];
        }
    }

    @Override
    public Decisions snapshot() {
        boolean linear = rules.hasLinear();
        boolean nearest = rules.hasMeans();
        return new Decisions(
                part(TOTAL),
                optional(linear, LINEAR),
                optional(linear, LINEAR_NO_BIAS),
                optional(nearest, NEAREST),
                optional(linear && nearest, AGREE),
                optional(linear && nearest, AGREE_NO_BIAS),
                confusion.length > 0 ? Optional.of(confusion.clone()) : Optional.empty());
    }

    private Optional<double[]> optional(boolean wanted, int kind) {
        return wanted ? Optional.of(part(kind)) : Optional.empty();
    }

    private double[] part(int kind) {
        int classes = rules.classes();
        return Arrays.copyOfRange(tallies, kind * classes, (kind + 1) * classes);
    }

    /** The binary form: 6K numbers and the confusion matrix. It holds the fingerprint of the rules, not the rules. */
    @Override
    public byte[] toBytes() {
        return new StateWriter(State.DECISIONS, rules.classes(), rules.featureDimension(), payload())
                .put(fingerprint)
                .put(tallies)
                .put(confusion)
                .finish();
    }

    /** @throws StateFormatException if the bytes are not such a state or belong to other rules */
    static DecisionAccumulator fromBytes(DecisionRules rules, byte[] state) {
        StateReader reader = new StateReader(state, State.DECISIONS);
        reader.requireFrame(rules.classes(), rules.featureDimension());
        DecisionAccumulator result = new DecisionAccumulator(rules);
        reader.requireRemaining(result.payload());
        reader.requireFingerprint(result.fingerprint);
        System.arraycopy(reader.weights(result.tallies.length), 0, result.tallies, 0, result.tallies.length);
        System.arraycopy(reader.weights(result.confusion.length), 0, result.confusion, 0, result.confusion.length);
        return result;
    }

    private long payload() {
        return Long.BYTES * (1L + tallies.length + confusion.length);
    }
}
