package io.github.collapse4j.cosine;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Column;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The model of a cosine head (docs/theory.md §13): {@code F(W, H) = Σ_i (n_i/N) CE(τ(W h_i − m_{y_i} e_{y_i}), y_i)} over
 * unit rows of W and unit columns of H, one column for each group of {@code n_i} samples with the label {@code y_i};
 * several groups may have the same label. {@code m = 0} is a plain cosine head (NormFace), {@code m > 0} CosFace (Wang et
 * al. 2018). ArcFace (Deng et al. 2019), whose margin is added to the angle, is not such a problem: with the own cosine z it
 * replaces z by {@code φ(z) = cos(arccos z + m)}, and φ″ grows like {@code (1 − z²)^{−3/2}}, faster than φ′², so that the
 * second derivative of its loss tends to −∞ as z → 1: it is not convex in the logits where training ends. No bound and no
 * verdict of this package would hold.
 *
 * @param classes K, at least 2
 * @param labels the class of each of the M groups, 0…K−1; every class occurs
 * @param counts the number of samples of each group
 * @param featureDimension d; at least 2, or 1 for two classes
 * @param temperature τ &gt; 0, which multiplies the cosines
 * @param margins m_k ≥ 0 for each class, in units of cosines
 */
public record CosineProblem(
        int classes, int[] labels, ClassCounts counts, int featureDimension, double temperature, double[] margins) {

    /** @throws IllegalArgumentException naming the argument, what was expected and what was found */
    public CosineProblem {
        require(classes >= 2, "classes: expected at least 2, found " + classes);
        require(
                labels.length == counts.classes(),
                "labels: expected one for each of the " + counts.classes() + " counts, found " + labels.length);
        boolean[] occurs = new boolean[classes];
        for (int i = 0; i < labels.length; i++) {
            require(
                    labels[i] >= 0 && labels[i] < classes,
                    "labels[" + i + "]: expected 0 to " + (classes - 1) + ", found " + labels[i]);
            occurs[labels[i]] = true;
        }
        for (int k = 0; k < classes; k++) {
            require(occurs[k], "labels: expected every class from 0 to " + (classes - 1) + ", found no " + k);
        }
        int least = classes == 2 ? 1 : 2;
        require(
                featureDimension >= least,
                "featureDimension: expected at least " + least + " for " + classes + " classes, found "
                        + featureDimension);
        require(
                temperature > 0 && temperature < Double.POSITIVE_INFINITY,
                "temperature: expected a finite number above 0, found " + temperature);
        require(margins.length == classes, "margins: expected " + classes + ", one per class, found " + margins.length);
        for (int k = 0; k < classes; k++) {
            require(
                    margins[k] >= 0 && margins[k] < Double.POSITIVE_INFINITY,
                    "margins[" + k + "]: expected a finite number of at least 0, found " + margins[k]);
        }
        labels = labels.clone();
        margins = margins.clone();
    }

    /** One group per class, and the same margin for all. */
    public static CosineProblem ofClasses(ClassCounts counts, int featureDimension, double temperature, double margin) {
        double[] margins = new double[counts.classes()];
        Arrays.fill(margins, margin);
        return new CosineProblem(
                counts.classes(),
                IntStream.range(0, counts.classes()).toArray(),
                counts,
                featureDimension,
                temperature,
                margins);
    }

    /** M. */
    public int groups() {
        return labels.length;
    }

    /** The same problem with another feature dimension. */
    public CosineProblem withFeatureDimension(int d) {
        return new CosineProblem(classes, labels, counts, d, temperature, margins);
    }

    /** The same problem with one group per class: its global minimum is the same for d ≥ K − 1 (docs/theory.md §13). */
    public CosineProblem ofWholeClasses() {
        long[] totals = new long[classes];
        for (int i = 0; i < labels.length; i++) {
            totals[labels[i]] += counts.count(i);
        }
        return new CosineProblem(
                classes,
                IntStream.range(0, classes).toArray(),
                ClassCounts.of(totals),
                featureDimension,
                temperature,
                margins);
    }

    /** Whether a theorem excludes local minima that are not global: {@code d ≥ K}. */
    public boolean excludesSpuriousMinima() {
        return featureDimension >= classes;
    }

    /**
     * The global minimum where it has a closed form: two classes, or equally many samples in each class, with equal margins and
     * {@code d ≥ K − 1}. It is {@code log(1 + (K − 1)·exp(−τ(K/(K − 1) − m)))}, at the simplex ETF.
     */
    public OptionalDouble closedForm() {
        long[] totals = ofWholeClasses().counts().toArray();
        boolean isSymmetric = Arrays.stream(margins).allMatch(m -> m == margins[0])
                && (classes == 2 || Arrays.stream(totals).allMatch(n -> n == totals[0]))
                && featureDimension >= classes - 1;
        double others = classes - 1.0;
        return isSymmetric
                ? OptionalDouble.of(Math.log1p(others * Math.exp(-temperature * (classes / others - margins[0]))))
                : OptionalDouble.empty();
    }

    /** n_i/N. */
    double weight(int group) {
        return (double) counts.count(group) / counts.samples();
    }

    /** The entries of a group in a K×M matrix. */
    Column column(int group, double[] ones) {
        return new Column(group * classes, classes, labels[group], ones, 0);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
