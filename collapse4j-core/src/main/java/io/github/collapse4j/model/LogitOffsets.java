package io.github.collapse4j.model;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.UnitRoundOff;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is added to logits before the softmax: τ log π for the frequency π of each class, less the margin of a sample's
 * own class.
 *
 * @param entries a number for each output and group
 * @param error a bound of their absolute errors
 */
record LogitOffsets(Entries entries, double error) implements Serializable {
    /** Logits that differ by more leave a loss whose minimum double precision cannot resolve. */
    static final double MAX_OFFSET = 1e4;

    static LogitOffsets ofClasses(TrainingLoss loss, ClassCounts counts) {
        double[] frequencies = new double[counts.classes()];
        Arrays.setAll(frequencies, k -> (double) counts.count(k) / counts.samples());
        double[] adjustment = adjustment(loss, frequencies);
        double[] margins = PerClass.orElse("margins", loss.margins(), counts.classes(), 0);
        double[] ones = new double[adjustment.length];
        double[] own = new double[adjustment.length];
        for (int k = 0; k < own.length; k++) {
            ones[k] = 1;
            own[k] = adjustment[k] - margins[k];
        }
        double size = largest(adjustment) + Math.abs(loss.logitAdjustment()) + largest(margins);
        return new LogitOffsets(new Entries.OfClasses(adjustment, ones, own), size * 8 * UnitRoundOff.DOUBLE);
    }

    /** For a loss without margins, with frequencies that are sums over the groups if it adjusts logits. */
    static LogitOffsets ofTargets(TrainingLoss loss, int outputs, int groups) {
        double[] adjustment = adjustment(loss, new double[outputs]);
        double size = largest(adjustment) + Math.abs(loss.logitAdjustment()) * (groups + 1);
        return new LogitOffsets(
                Entries.Table.of(outputs, groups, (k, m) -> adjustment[k]), size * 8 * UnitRoundOff.DOUBLE);
    }

    /** Whether the loss moves no logit of samples with class labels relative to another. */
    static boolean areEqual(TrainingLoss loss, ClassCounts counts) {
        return (loss.logitAdjustment() == 0
                        || (counts.isBalanced() && loss.frequencies().isEmpty()))
                && loss.margins().stream().flatMapToDouble(Arrays::stream).allMatch(margin -> margin == 0);
    }

    /** The mean target of all samples, which takes the place of the frequencies of classes. */
    static double[] meanTarget(ClassCounts counts, Matrix targets) {
        double[] mean = new double[targets.rows()];
        for (int k = 0; k < mean.length; k++) {
            for (int m = 0; m < targets.columns(); m++) {
                mean[k] += targets.get(k, m) * counts.count(m);
            }
            mean[k] /= counts.samples();
            if (!(mean[k] > 0)) {
                throw new IllegalArgumentException(
                        "logit adjustment: expected targets that want every class, as it takes"
                                + " the logarithm of their mean; found none for class " + k);
            }
        }
        return mean;
    }

    /** τ log π; frequencies stated with the loss take precedence. */
    private static double[] adjustment(TrainingLoss loss, double[] frequencies) {
        double tau = loss.logitAdjustment();
        double[] adjustment = new double[frequencies.length];
        if (tau == 0) {
            return adjustment;
        }
        double[] shares = loss.frequencies().isEmpty()
                ? frequencies
                : PerClass.orElse("frequencies", loss.frequencies(), frequencies.length, 1);
        Arrays.setAll(adjustment, k -> tau * Math.log(shares[k]));
        double spread = Arrays.stream(adjustment).max().orElseThrow()
                - Arrays.stream(adjustment).min().orElseThrow();
        if (!(spread <= MAX_OFFSET)) {
            throw new IllegalArgumentException("logit adjustment: expected to move logits by at most " + MAX_OFFSET
                    + " from one class to another, found " + spread);
        }
        return adjustment;
    }

    private static double largest(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    }

    double at(int entry, Column column) {
        return entries.at(entry, column);
    }

    LogitOffsets merged(int[][] members) {
        return new LogitOffsets(entries.merged(members), error);
    }
}
