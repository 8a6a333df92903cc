package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample of a source, evenly spread over it and projected onto given axes, for plots.
 *
 * @param labels labels of the samples
 * @param points p coordinates of each
 */
public record ProjectedSamples(List<Integer> labels, List<double[]> points) {
    /**
     * Reads a source once more.
     *
     * @param samples N
     * @param most maximum number of samples to keep
     * @param origin what is subtracted, of length d
     * @param axes {@code d×p}
     */
    public static ProjectedSamples of(SampleSource source, long samples, int most, double[] origin, Matrix axes) {
        int d = source.featureDimension();
        long stride = Math.max(1, (samples + most - 1) / most);
        SampleBatch batch = new SampleBatch(d, SamplePass.batchSize(d));
        List<Integer> labels = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        long seen = 0;
        try (SampleReader reader = source.open()) {
            while (reader.next(batch)) {
                for (int j = (int) Math.floorMod(-seen, stride); j < batch.count(); j += (int) stride) {
                    double[] point = new double[axes.columns()];
                    for (int a = 0; a < point.length; a++) {
                        for (int i = 0; i < d; i++) {
                            point[a] += (batch.features()[j * d + i] - origin[i]) * axes.data()[a * d + i];
                        }
                    }
                    labels.add(batch.labels()[j]);
                    points.add(point);
                    if (stride > batch.count()) {
                        break;
                    }
                }
                seen += batch.count();
            }
        }
        return new ProjectedSamples(List.copyOf(labels), List.copyOf(points));
    }
}
