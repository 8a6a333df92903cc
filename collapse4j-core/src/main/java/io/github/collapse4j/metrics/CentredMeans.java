package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.stats.ClassMoments;
import java.util.Arrays;

/**
 * The means of the classes that have samples, centred at the global mean.
 *
 * @param classes the class of each column
 * @param means class means μ_k, {@code d×K}
 * @param globalMean μ_G, of length d
 * @param centred M, with columns μ_k − μ_G, {@code d×K}
 */
public record CentredMeans(int[] classes, Matrix means, double[] globalMean, Matrix centred) {
    /** The definition of μ_G. */
    public enum GlobalMean {
        /** The mean of the class means, with equal weight for each class. */
        OF_CLASS_MEANS,
        /** The mean of all samples. */
        OF_SAMPLES
    }

    /**
     * Leaves empty classes out. Differences are taken in twice the working precision, so an offset costs no digits.
     */
    public static CentredMeans of(ClassMoments moments, GlobalMean convention) {
        int[] classes = moments.present();
        int d = moments.featureDimension();
        double total = moments.totalWeight();
        Matrix means = Matrix.zeros(d, classes.length);
        Matrix centred = Matrix.zeros(d, classes.length);
        double[] global = new double[d];
        for (int c = 0; c < classes.length; c++) {
            System.arraycopy(moments.means().data(), classes[c] * d, means.data(), c * d, d);
        }
        double[] differences = new double[classes.length];
        for (int i = 0; i < d && classes.length > 0; i++) {
            // Relative to the first class, so that differences are summed instead of offsets.
            double origin = moments.means().get(i, classes[0]);
            double originRest = moments.remainders().get(i, classes[0]);
            double mean = 0;
            for (int c = 0; c < classes.length; c++) {
                int k = classes[c];
                differences[c] = (moments.means().get(i, k) - origin)
                        + (moments.remainders().get(i, k) - originRest);
                mean += differences[c]
                        * (convention == GlobalMean.OF_SAMPLES ? moments.weights()[k] / total : 1.0 / classes.length);
            }
            global[i] = origin + (originRest + mean);
            for (int c = 0; c < classes.length; c++) {
                centred.set(i, c, differences[c] - mean);
            }
        }
        return new CentredMeans(classes, means, global, centred);
    }

    /** The given means, {@code d×K}, centred at their own mean. */
    static CentredMeans of(Matrix means) {
        return of(ClassMoments.ofMeans(means), GlobalMean.OF_CLASS_MEANS);
    }

    /** K, the number of classes with samples. */
    public int count() {
        return classes.length;
    }

    /** ‖μ_k − μ_G‖ of each class. */
    public double[] norms() {
        double[] norms = new double[count()];
        for (int c = 0; c < norms.length; c++) {
            norms[c] = Vectors.norm(centred.column(c));
        }
        return norms;
    }

    /** Cosines between the centred means of the first {@code count} classes; not a number for a mean equal to μ_G. */
    public Matrix cosines(int count) {
        int d = centred.rows();
        Matrix first = Matrix.wrap(d, count, Arrays.copyOf(centred.data(), d * count));
        Matrix cosines = LinearAlgebra.multiply(first, Op.TRANSPOSE, first, Op.NONE);
        double[] norms = norms();
        for (int l = 0; l < count; l++) {
            for (int k = 0; k < count; k++) {
                cosines.set(k, l, k == l ? 1 : cosines.get(k, l) / (norms[k] * norms[l]));
            }
        }
        return cosines;
    }

    /** Those entries of an array over all classes that belong to {@link #classes()}. */
    public double[] select(double[] perClass) {
        double[] selected = new double[count()];
        for (int c = 0; c < selected.length; c++) {
            selected[c] = perClass[classes[c]];
        }
        return selected;
    }

    /** The rows of a {@code K×n} matrix over all classes that belong to {@link #classes()}. */
    public Matrix selectRows(Matrix perClass) {
        Matrix selected = Matrix.zeros(count(), perClass.columns());
        for (int j = 0; j < perClass.columns(); j++) {
            for (int c = 0; c < count(); c++) {
                selected.set(c, j, perClass.get(classes[c], j));
            }
        }
        return selected;
    }
}
