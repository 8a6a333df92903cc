package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.stats.ClassMoments;

/**
 * The means of the classes that have samples, about the global mean.
 *
 * @param classes which classes the columns belong to
 * @param means class means μ_k, {@code d×K}
 * @param globalMean μ_G, of length d
 * @param centred M = μ_k − μ_G, {@code d×K}
 */
public record CentredMeans(int[] classes, Matrix means, double[] globalMean, Matrix centred) {
    /** What μ_G is. */
    public enum GlobalMean {
        /** The mean of the class means, each class counting once. */
        OF_CLASS_MEANS,
        /** The mean of all samples. */
        OF_SAMPLES
    }

    /** Leaves missing classes out. Differences are taken in twice the working precision, so an offset costs no digits. */
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
            // About the first class, so that the sum is of differences and not of offsets.
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

    /** Means as they are given, {@code d×K}, about their own mean. */
    static CentredMeans of(Matrix means) {
        return of(ClassMoments.ofMeans(means), GlobalMean.OF_CLASS_MEANS);
    }

    /** K, the classes that have samples. */
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

    /** Those entries of an array over all classes that belong to {@link #classes()}. */
    public double[] select(double[] perClass) {
        double[] selected = new double[count()];
        for (int c = 0; c < selected.length; c++) {
            selected[c] = perClass[classes[c]];
        }
        return selected;
    }

    /** Those rows of a matrix {@code K×n} over all classes that belong to {@link #classes()}. */
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
