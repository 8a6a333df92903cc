package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cosine.CosineCertificate;
import io.github.collapse4j.cosine.CosineInputException;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.lastlayer.LastLayer;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A layer that {@code certify} was given.
 *
 * @param samples its samples; empty for the bundled layer
 * @param place where the labels are, for messages
 * @param taken lines that say which array was taken for what; empty if all were named
 */
record GivenLayer(LastLayer layer, Optional<SampleSource> samples, String place, String taken) {
    /**
     * Certifies a cosine head.
     *
     * @param command reports usage errors
     */
    CosineCertificate cosineCertificate(CertifyOptions options, CommandLine command) throws InputException {
        SampleSource source = samples.orElseThrow(() -> new ParameterException(
                command, options.features().place() + ": expected FEATURES of a cosine head, found none"));
        if (layer.hasBias()) {
            throw new ParameterException(
                    command,
                    options.features().place() + ": expected a head without bias, found one (--bias none ignores it)");
        }
        try {
            return CosineCertificate.of(
                    source,
                    layer.classifier(),
                    options.features().temperature(),
                    options.features().margin(),
                    options.tolerance());
        } catch (CosineInputException e) {
            throw new InputException(place + ": " + e.getMessage());
        }
    }
}
