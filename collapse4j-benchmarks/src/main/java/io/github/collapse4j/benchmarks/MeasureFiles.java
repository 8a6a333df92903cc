package io.github.collapse4j.benchmarks;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ClassifierFiles;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Times all metrics on {@code features.npy}, {@code labels.npy}, {@code weights.npy} and {@code bias.npy} in a folder,
 * for comparison with {@code peers/neural_collapse_measure.py}. Arguments: FOLDER [THREADS [REPETITIONS]]. Times run
 * from the first batch to the last metric; the first repetition runs in a cold JVM.
 */
public final class MeasureFiles {
    private MeasureFiles() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        String folder = arguments[0] + "/";
        int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        SampleSource samples =
                new SampleFiles(System.in).open(SampleRequest.of(folder + "features.npy", folder + "labels.npy"));
        Matrix weights = ClassifierFiles.weights(
                ArrayFile.open(folder + "weights.npy"), samples.featureDimension(), "features.npy");
        LinearClassifier classifier = new LinearClassifier(
                weights, ClassifierFiles.bias(ArrayFile.open(folder + "bias.npy"), weights.rows()));
        for (int r = 0; r < repetitions; r++) {
            Clock clock = new Clock();
            CollapseMeasurement found = new CollapseMeasurer(
                            MeasureOptions.defaults().withThreads(threads), clock)
                    .measure(samples, Optional.of(classifier), Optional.empty());
            System.out.println(clock.report() + " NC1 "
                    + found.variability().trace().orElseThrow() + " NC4 "
                    + found.decisions().orElseThrow().agreementNoBias().orElseThrow());
        }
    }

    /** Records when each pass ended. */
    private static final class Clock implements MeasureListener {
        private final long start = System.nanoTime();
        private final double[] ends = new double[3];

        @Override
        public void onSamples(int pass, int passes, long done, OptionalLong total) {
            ends[pass] = seconds();
        }

        private double seconds() {
            return (System.nanoTime() - start) * 1e-9;
        }

        String report() {
            return String.format(Locale.ROOT, "%6.2f s (pass 1 %.2f, pass 2 until %.2f)", seconds(), ends[1], ends[2]);
        }
    }
}
