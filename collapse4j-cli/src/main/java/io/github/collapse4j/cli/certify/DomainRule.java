package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.option.FeaturesConverter;
import io.github.collapse4j.model.FeatureDomain;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * The domain of a layer's features as stated, or empty to recognise it.
 *
 * @param domain the stated domain
 */
record DomainRule(Optional<FeatureDomain> domain) {
    static final DomainRule AUTO = new DomainRule(Optional.empty());

    /** {@code auto} or the name of a domain. */
    static final class Converter implements ITypeConverter<DomainRule> {
        @Override
        public DomainRule convert(String text) {
            return text.equalsIgnoreCase("auto")
                    ? AUTO
                    : new DomainRule(Optional.of(new FeaturesConverter().convert(text)));
        }
    }
}
