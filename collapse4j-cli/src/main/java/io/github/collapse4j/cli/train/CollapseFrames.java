package io.github.collapse4j.cli.train;

import io.github.collapse4j.djl.ProbedLayer;
import io.github.collapse4j.djl.train.TrainingObserver;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.metrics.RowPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Features of the first three classes during training, projected onto the plane of their classifier rows: at full
 * collapse, three points at the corners of an equilateral triangle. Meant for a fixed head, whose plane does not
 * rotate.
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
     * One frame.
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
        RowPlane plane = RowPlane.of(layer.classifier());
        Matrix weights = layer.classifier().transpose();
        List<double[]> points = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (int k = 0; k < CLASSES; k++) {
            int label = k;
            points.add(IntStream.range(0, layer.labels().length)
                    .filter(i -> layer.labels()[i] == label)
                    .mapToObj(i -> plane.project(layer.features().column(i)))
                    .flatMapToDouble(Arrays::stream)
                    .toArray());
            rows.add(plane.project(weights.column(k)));
        }
        frames.add(new Frame(epoch, points, rows));
    }
}
