package io.github.collapse4j.io;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.measure.Metric;
import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of {@code conformance/}, which a script computes with 50 digits, from both forms in which they are there. */
class ConformanceTest {
    private static final Path FOLDER = Path.of("..", "conformance");

    /** A case, and its name for reports. */
    record Case(String name, JsonObject json) {
        @Override
        public String toString() {
            return name;
        }

        Matrix matrix(String key) {
            JsonArray rows = json.getAsJsonArray(key);
            double[][] numbers = new double[rows.size()][];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = vector(rows.get(i).getAsJsonArray());
            }
            return Matrix.ofRows(numbers);
        }

        double[] bias() {
            return vector(json.getAsJsonArray("bias"));
        }

        int[] labels() {
            return json.getAsJsonArray("labels").asList().stream()
                    .mapToInt(JsonElement::getAsInt)
                    .toArray();
        }

        private static double[] vector(JsonArray numbers) {
            return numbers.asList().stream()
                    .mapToDouble(JsonElement::getAsDouble)
                    .toArray();
        }
    }

    static List<Case> cases() throws IOException {
        JsonObject vectors = JsonParser.parseString(Files.readString(FOLDER.resolve("vectors.json")))
                .getAsJsonObject();
        List<Case> cases = new ArrayList<>();
        vectors.getAsJsonArray("cases").forEach(item -> {
            JsonObject json = item.getAsJsonObject();
            cases.add(new Case(json.get("name").getAsString(), json));
        });
        assertEquals(10, cases.size());
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMetricHasTheValueOfTheVectors(Case vector) throws IOException {
        FeatureSamples samples =
                new FeatureSamples(vector.matrix("features").transpose(), vector.labels(), vector.bias().length);
        LinearClassifier classifier = new LinearClassifier(vector.matrix("weights"), vector.bias());
        Optional<double[]> ood = vector.json().has("ood") ? Optional.of(mean(vector.matrix("ood"))) : Optional.empty();
        assertMetrics(vector, "classMeans", measure(GlobalMean.OF_CLASS_MEANS, samples, classifier, ood));
        assertMetrics(vector, "samples", measure(GlobalMean.OF_SAMPLES, samples, classifier, ood));

        String archive = FOLDER.resolve(vector.name() + ".npz").toString();
        SampleSource files = new SampleFiles(InputStream.nullInputStream())
                .open(SampleRequest.of(archive + ":features", archive + ":labels"));
        assertMetrics(vector, "classMeans", measure(GlobalMean.OF_CLASS_MEANS, files, classifier, ood));
        NumericMatrix weights = ArrayFile.open(archive + ":weights").matrix();
        double[] stored = new double[Math.toIntExact(weights.rows() * weights.columns())];
        weights.readRows(0, Math.toIntExact(weights.rows()), stored);
        assertArrayEquals(vector.matrix("weights").transpose().data(), stored, "weights in rows");
        assertArrayEquals(vector.bias(), ClassifierFiles.bias(ArrayFile.open(archive + ":bias"), vector.bias().length));
    }

    private static CollapseMeasurement measure(
            GlobalMean mean, SampleSource samples, LinearClassifier classifier, Optional<double[]> ood) {
        return new CollapseMeasurer(MeasureOptions.defaults().withGlobalMean(mean), MeasureListener.SILENT)
                .measure(samples, Optional.of(classifier), ood);
    }

    /** The tolerance of conformance/README.md: the bias relation is a difference of terms as large as the bias. */
    private static void assertMetrics(Case vector, String convention, CollapseMeasurement measured) {
        JsonObject expected = vector.json().getAsJsonObject("metrics").getAsJsonObject(convention);
        double largestBias = Arrays.stream(vector.bias()).map(Math::abs).max().orElse(0);
        int found = 0;
        for (Metric metric : Metric.of(measured)) {
            JsonElement value = expected.get(metric.key());
            assertEquals(value != null, metric.value().isPresent(), metric.key());
            if (value != null) {
                found++;
                assertClose(
                        value.getAsDouble(),
                        metric.value().orElseThrow(),
                        1e-12,
                        1e-15 * (metric.key().equals("biasRelation") ? Math.max(1, largestBias) : 1),
                        vector + ", " + convention + ": " + metric.key());
            }
        }
        assertEquals(expected.size(), found);
    }

    private static double[] mean(Matrix rows) {
        double[] mean = new double[rows.columns()];
        for (int i = 0; i < rows.rows(); i++) {
            for (int a = 0; a < mean.length; a++) {
                mean[a] += rows.get(i, a) / rows.rows();
            }
        }
        return mean;
    }
}
