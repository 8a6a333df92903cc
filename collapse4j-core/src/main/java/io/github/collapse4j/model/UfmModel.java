package io.github.collapse4j.model;

import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The full model, with a feature for every sample, or its exact reduction to one scaled feature per class
 * (docs/theory.md §2). Both are the same function of columns: column j has label y_j, weight ω_j and logits
 * {@code s_j·W h_j + b}; full: ω = 1/N, s = 1; reduced: ω = n_k/N, s = 1/√n_k. Immutable.
 */
public final class UfmModel {
    private final UfmProblem problem;
    private final int[] labels;
    private final double[] scales;
    private final DataTerm dataTerm;
    private final boolean reduced;

    private UfmModel(UfmProblem problem, int[] labels, double[] weights, double[] scales, boolean reduced) {
        this.problem = problem;
        this.labels = labels;
        this.scales = scales;
        this.dataTerm = DataTerm.ofClasses(problem.loss(), problem.classes(), labels, weights);
        this.reduced = reduced;
    }

    /** The reduced model: the features Ĥ are {@code d×K}, and column k is √n_k times the feature of class k. */
    public static UfmModel reduced(UfmProblem problem) {
        int classes = problem.classes();
        int[] labels = new int[classes];
        double[] weights = new double[classes];
        double[] scales = new double[classes];
        for (int k = 0; k < classes; k++) {
            double count = problem.counts().count(k);
            labels[k] = k;
            weights[k] = count / problem.counts().samples();
            scales[k] = 1 / Math.sqrt(count);
        }
        return new UfmModel(problem, labels, weights, scales, true);
    }

    /**
     * The full model: the features H are {@code d×N}, and column i has label {@code labels[i]}.
     *
     * @throws IllegalArgumentException if the labels do not have the problem's class counts
     */
    public static UfmModel full(UfmProblem problem, int[] labels) {
        ClassCounts counted = ClassCounts.ofLabels(labels, problem.classes());
        if (!counted.equals(problem.counts())) {
            throw new IllegalArgumentException("labels: expected the class counts of the problem (" + problem.counts()
                    + "), found " + counted + " distributed otherwise");
        }
        double[] weights = new double[labels.length];
        double[] scales = new double[labels.length];
        Arrays.fill(weights, 1.0 / labels.length);
        Arrays.fill(scales, 1);
        return new UfmModel(problem, labels.clone(), weights, scales, false);
    }

    /** The full model with the samples of class 0 first, then those of class 1, and so on. */
    public static UfmModel full(UfmProblem problem) {
        int[] labels = new int[Math.toIntExact(problem.counts().samples())];
        int next = 0;
        for (int k = 0; k < problem.classes(); k++) {
            int end = next + (int) problem.counts().count(k);
            Arrays.fill(labels, next, end, k);
            next = end;
        }
        return full(problem, labels);
    }

    public UfmProblem problem() {
        return problem;
    }

    public boolean isReduced() {
        return reduced;
    }

    /** The number of columns of the features: N, or K for the reduced model. */
    public int columns() {
        return labels.length;
    }

    public int label(int column) {
        return labels[column];
    }

    /** The factor s_j that turns {@code W h_j} into logits. */
    public double scale(int column) {
        return scales[column];
    }

    /** The loss as a function of the logits. */
    public DataTerm dataTerm() {
        return dataTerm;
    }

    /** The number of variables: Kd + dM, plus K with a bias. */
    public int dimension() {
        int d = problem.featureDimension();
        long size = (long) d * (problem.classes() + columns()) + (problem.bias().isPresent() ? problem.classes() : 0);
        return Math.toIntExact(size);
    }

    /** A new objective with its own workspace. Not thread-safe. */
    public UfmObjective objective() {
        return new UfmObjective(this);
    }

    /** The objective at a point. */
    public double value(UfmPoint point) {
        UfmObjective objective = objective();
        return objective.value(objective.toVector(point));
    }

    /** The {@code K×columns} logits of a point, from its product WH. */
    public Matrix logits(Matrix product, double[] bias) {
        int classes = problem.classes();
        Matrix logits = Matrix.zeros(classes, columns());
        for (int j = 0; j < columns(); j++) {
            for (int k = 0; k < classes; k++) {
                logits.data()[j * classes + k] = scales[j] * product.data()[j * classes + k] + bias[k];
            }
        }
        return logits;
    }

    /** A point with independent normal entries of the given standard deviation, including the bias if there is one. */
    public UfmPoint randomPoint(RandomGenerator random, double standardDeviation) {
        Matrix w = Matrix.zeros(problem.classes(), problem.featureDimension());
        Matrix h = Matrix.zeros(problem.featureDimension(), columns());
        double[] b = new double[problem.classes()];
        fill(w.data(), random, standardDeviation);
        fill(h.data(), random, standardDeviation);
        if (problem.bias().isPresent()) {
            fill(b, random, standardDeviation);
        }
        return new UfmPoint(w, h, b);
    }

    private static void fill(double[] entries, RandomGenerator random, double standardDeviation) {
        for (int i = 0; i < entries.length; i++) {
            entries[i] = standardDeviation * random.nextGaussian();
        }
    }

    /** The point of the reduced model with this full point's class means; a reduced point is returned as is. */
    public UfmPoint reduce(UfmPoint point) {
        if (reduced) {
            return point;
        }
        int d = problem.featureDimension();
        Matrix means = Matrix.zeros(d, problem.classes());
        for (int j = 0; j < columns(); j++) {
            double factor = 1 / Math.sqrt((double) problem.counts().count(labels[j]));
            for (int i = 0; i < d; i++) {
                means.data()[labels[j] * d + i] += factor * point.features().data()[j * d + i];
            }
        }
        return new UfmPoint(point.classifier(), means, point.bias());
    }

    /** The full point in which every sample has the class feature of a reduced point. */
    public UfmPoint expand(UfmPoint reducedPoint) {
        if (reduced) {
            return reducedPoint;
        }
        int d = problem.featureDimension();
        Matrix features = Matrix.zeros(d, columns());
        for (int j = 0; j < columns(); j++) {
            double factor = 1 / Math.sqrt((double) problem.counts().count(labels[j]));
            for (int i = 0; i < d; i++) {
                features.data()[j * d + i] = factor * reducedPoint.features().data()[labels[j] * d + i];
            }
        }
        return new UfmPoint(reducedPoint.classifier(), features, reducedPoint.bias());
    }
}
