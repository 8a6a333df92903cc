package io.github.collapse4j.cli.option;

import io.github.collapse4j.model.FeatureDomain;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Feature domains with a penalty on the features, by name in any case. */
public final class FeaturesConverter implements ITypeConverter<FeatureDomain> {
    private static final List<FeatureDomain> DOMAINS = List.of(FeatureDomain.FREE, FeatureDomain.NONNEGATIVE);

    @Override
    public FeatureDomain convert(String text) {
        return DOMAINS.stream()
                .filter(domain -> domain.toString().equalsIgnoreCase(text))
                .findAny()
                .orElseThrow(() -> new TypeConversionException("expected one of " + DOMAINS + ", found " + text));
    }
}
