package io.github.collapse4j.cli;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.LastLayerFiles;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.testkit.GoldenJson;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The last layer of a real network, with reference numbers from another system.
 *
 * @param name for example {@code mnist10k-ce-d10/epoch150}
 */
public record Fixture(String name) {
    private static final JsonObject REFERENCE =
            GoldenJson.load(Fixture.class, "/fixtures/metrics-reference.json").getAsJsonObject();
    private static final JsonObject BIAS_TERMS =
            GoldenJson.load(Fixture.class, "/fixtures/bias-terms.json").getAsJsonObject();

    public static Stream<Fixture> all() {
        return REFERENCE.keySet().stream().map(Fixture::new);
    }

    /** {@return a file of the fixture: {@code features}, {@code labels}, {@code weights} or {@code bias}} */
    public String path(String array) {
        String network = name.substring(0, name.indexOf('/'));
        String resource = "/fixtures/" + (array.equals("labels") ? network : name) + "/" + array + ".npy";
        URL url = Objects.requireNonNull(Fixture.class.getResource(resource), resource);
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return the command line that certifies it} */
    public String[] certify(String... more) {
        String[] files = {
            "certify", path("features"), path("labels"), "--weights", path("weights"), "--bias", path("bias")
        };
        return Stream.of(files, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    public LastLayer read() throws IOException {
        LastLayerFiles parameters = LastLayerFiles.open(path("weights"), path("bias"), FileName::path);
        SampleSource samples = new SampleFiles(System.in)
                .open(SampleRequest.of(path("features"), path("labels")).withClasses(parameters.classes()));
        return parameters.layer(SamplePasses.of(samples), path("features"));
    }

    /** {@return the expected result} */
    public JsonObject reference(LossName loss) {
        return REFERENCE.getAsJsonObject(name).getAsJsonObject("lastLayer").getAsJsonObject(loss.name());
    }

    /** {@return the magnitude that the residual of the bias is relative to; the reference has it absolute} */
    public double biasTerms(LossName loss) {
        return BIAS_TERMS.getAsJsonObject(name).get(loss.name()).getAsDouble();
    }

    @Override
    public String toString() {
        return name;
    }
}
