package io.github.collapse4j.cli.measure;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.metrics.NearestClasses;
import io.github.collapse4j.metrics.NearestClasses.Neighbour;
import io.github.collapse4j.stats.Decisions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The measurement of a checkpoint.
 *
 * @param onTest decisions of the classifiers on a test set
 * @param nearest for each class with samples, the one it is first confused with; empty for very many classes
 */
public record Measured(
        FeatureSet features,
        CollapseMeasurement measurement,
        Optional<Decisions> onTest,
        Optional<NearestClasses> nearest) {
    /** Number of samples shown on a page. */
    public static final int SHOWN_SAMPLES = MeasureFigures.MAX_SAMPLES;

    /** Maximum number of multiplications for examining all pairs of class means: a few seconds. */
    private static final double MAX_WORK = 2e11;

    /**
     * Rejects samples of a single class, which have no between-class figures.
     *
     * @param name how messages name the samples
     */
    public static void requireClasses(CollapseMeasurement measurement, String name) throws InputException {
        int[] present = measurement.moments().present();
        if (present.length < 2) {
            throw new InputException(
                    name + ": expected samples of at least 2 classes, found class " + present[0] + " alone");
        }
    }

    /** Looks up the nearest classes, unless there are very many. */
    public static Measured of(FeatureSet features, CollapseMeasurement measurement, Optional<Decisions> onTest) {
        double classes = measurement.centred().count();
        boolean feasible = classes * classes * measurement.moments().featureDimension() <= MAX_WORK;
        return new Measured(
                features,
                measurement,
                onTest,
                feasible ? Optional.of(NearestClasses.of(measurement.centred())) : Optional.empty());
    }

    /** Positions among the classes with samples, by descending variance. */
    List<Integer> byVariance() {
        double[] variances = measurement.centred().select(measurement.variances());
        return positions(Comparator.comparingDouble(c -> -variances[c]));
    }

    /** Positions among the classes with samples, nearest neighbours first; empty if these are unknown. */
    List<Integer> byConfusion() {
        return nearest.map(found -> positions(Comparator.comparingDouble(
                        c -> -found.neighbours().get(c).map(Neighbour::cosine).orElse(0.0))))
                .orElse(List.of());
    }

    private List<Integer> positions(Comparator<Integer> order) {
        return IntStream.range(0, measurement.centred().count())
                .boxed()
                .sorted(order)
                .toList();
    }
}
