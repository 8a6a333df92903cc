package io.github.collapse4j.cli.measure;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.metrics.NearestClasses;
import io.github.collapse4j.stats.Decisions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What was measured of a checkpoint.
 *
 * @param onTest how classifiers decided on a test set
 * @param nearest for each class with samples the one it is confused with first; empty for very many classes
 */
public record Measured(
        Checkpoint checkpoint,
        CollapseMeasurement measurement,
        Optional<Decisions> onTest,
        Optional<NearestClasses> nearest) {
    /** How many samples a page shows. */
    public static final int SHOWN_SAMPLES = MeasureFigures.MOST_SAMPLES;

    /** Multiplications that looking at all pairs of class means may take: some seconds. */
    private static final double MOST_WORK = 2e11;

    /**
     * Refuses samples of one class alone, which have nothing between classes to measure.
     *
     * @param name what messages call the samples
     */
    public static void requireClasses(CollapseMeasurement measurement, String name) throws InputException {
        int[] present = measurement.moments().present();
        if (present.length < 2) {
            throw new InputException(
                    name + ": expected samples of at least 2 classes, found class " + present[0] + " alone");
        }
    }

    /** Looks up the nearest classes, unless there are very many. */
    public static Measured of(Checkpoint checkpoint, CollapseMeasurement measurement, Optional<Decisions> onTest) {
        double classes = measurement.centred().count();
        boolean feasible = classes * classes * measurement.moments().featureDimension() <= MOST_WORK;
        return new Measured(
                checkpoint,
                measurement,
                onTest,
                feasible ? Optional.of(NearestClasses.of(measurement.centred())) : Optional.empty());
    }

    /** The positions among classes with samples, those of the largest variance first. */
    List<Integer> byVariance() {
        double[] variances = measurement.centred().select(measurement.variances());
        return positions(Comparator.comparingDouble(c -> -variances[c]));
    }

    /** The positions among classes with samples, those with the nearest neighbours first; none if these are not known. */
    List<Integer> byConfusion() {
        return nearest.map(found -> positions(Comparator.comparingDouble(c -> -found.cosines()[c])))
                .orElse(List.of());
    }

    private List<Integer> positions(Comparator<Integer> order) {
        return IntStream.range(0, measurement.centred().count())
                .boxed()
                .sorted(order)
                .toList();
    }
}
