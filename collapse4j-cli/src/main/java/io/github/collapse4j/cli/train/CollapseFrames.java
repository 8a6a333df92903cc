package io.github.collapse4j.cli.train;

import io.github.collapse4j.djl.ProbedLayer;
import io.github.collapse4j.djl.train.TrainingObserver;
import io.github.collapse4j.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Features of the first three classes in the course of a training, seen on the plane of their classifier rows: at full
 * collapse three points, the corners of an equilateral triangle. Meant for a fixed head, whose plane does not turn.
 */
final class CollapseFrames implements TrainingObserver {
    private static final int CLASSES = 3;
    private static final double GROWTH = 1.5;

    private final int epochs;
    private final List<Frame> frames = new ArrayList<>();
    private int next = 1;

    CollapseFrames(int epochs) {
        this.epochs = epochs;
    }

    /**
     * One moment.
     *
     * @param points for each of the three classes {@code x₀, y₀, x₁, y₁, …}
     * @param rows the classifier rows of the three on the same plane, {@code x, y} each, in their own scale
     */
    record Frame(int epoch, List<double[]> points, List<double[]> rows) {}

    List<Frame> frames() {
        return List.copyOf(frames);
    }

    @Override
    public void onLayer(int epoch, ProbedLayer layer) {
        if (epoch < next && epoch != epochs) {
            return;
        }
        next = Math.max(epoch + 1, (int) Math.round(epoch * GROWTH));
        double[][] plane = plane(layer.classifier());
        List<double[]> points = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (int k = 0; k < CLASSES; k++) {
            int label = k;
            points.add(IntStream.range(0, layer.labels().length)
                    .filter(i -> layer.labels()[i] == label)
                    .mapToObj(i -> layer.features().column(i))
                    .flatMapToDouble(h -> DoubleStream.of(dot(plane[0], h), dot(plane[1], h)))
                    .toArray());
            double[] row = row(layer.classifier(), k);
            rows.add(new double[] {dot(plane[0], row), dot(plane[1], row)});
        }
        frames.add(new Frame(epoch, points, rows));
    }

    /** Orthonormal where the rows have equal lengths and angles: along w₀ − w₁, and along w₀ + w₁ − 2w₂. */
    private static double[][] plane(Matrix classifier) {
        double[] a = row(classifier, 0);
        double[] b = row(classifier, 1);
        double[] c = row(classifier, 2);
        double[][] plane = new double[2][a.length];
        for (int j = 0; j < a.length; j++) {
            plane[0][j] = a[j] - b[j];
            plane[1][j] = a[j] + b[j] - 2 * c[j];
        }
        for (double[] axis : plane) {
            double norm = Math.sqrt(dot(axis, axis));
            for (int j = 0; j < axis.length; j++) {
                axis[j] /= norm;
            }
        }
        return plane;
    }

    private static double[] row(Matrix matrix, int k) {
        double[] row = new double[matrix.columns()];
        for (int j = 0; j < row.length; j++) {
            row[j] = matrix.get(k, j);
        }
        return row;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
