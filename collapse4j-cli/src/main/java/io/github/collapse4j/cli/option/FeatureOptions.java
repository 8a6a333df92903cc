package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.io.StatedFeatures;
import io.github.collapse4j.model.FeatureDomain;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code --features} with the temperature and the margin of a cosine head. */
@OptionGroup("Features")
public final class FeatureOptions {
    private static final List<String> OF_PENALISED_FEATURES = List.of(
            "--lambda-w",
            "--lambda-h",
            "--lambda-b",
            "--no-bias",
            "--label-smoothing",
            "--class-weights",
            "--logit-adjustment",
            "--margins",
            "--pos-weight");

    private static final String AUTO = "auto";

    private static final String REFUSES_ARCFACE =
            "expected a margin of the cosine (CosFace); ArcFace's margin of the angle makes the loss non-convex in the logits, so"
                    + " that no bound holds, found ";

    @Option(
            names = "--features",
            paramLabel = "DOMAIN",
            completionCandidates = Names.class,
            converter = Name.class,
            description =
                    "free: any features, with a penalty; nonnegative: the same after a ReLU; unit: unit vectors against unit"
                            + " rows of the classifier (a cosine head, with --temperature; it has no penalties, no bias and plain"
                            + " cross-entropy, so those options are refused). Default: free; certify takes features without negative"
                            + " entries as nonnegative (auto).")
    private String name = "";

    @Option(
            names = "--temperature",
            paramLabel = "t",
            converter = Ranges.Positive.class,
            description = "For unit features: the factor of the cosines in the logits, such as 16 or 64.")
    private @Nullable Double temperature;

    @Option(
            names = "--margin",
            paramLabel = "m",
            converter = Margin.class,
            description =
                    "For unit features: subtracted from the own cosine, as in CosFace (default: 0). Not ArcFace's margin of"
                            + " the angle, with which the loss is not convex in the logits.")
    private @Nullable Double margin;

    /** The file that states the domain, if no option does. */
    private @Nullable String place;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The names of the domains. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Arrays.stream(FeatureDomain.values()).map(FeatureDomain::toString), Stream.of(AUTO))
                    .iterator();
        }
    }

    private static final class Name implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            String name = text.toLowerCase(Locale.ROOT);
            for (String known : new Names()) {
                if (known.equals(name)) {
                    return name;
                }
            }
            throw new TypeConversionException("expected free, nonnegative, unit or auto, found " + text);
        }
    }

    private static final class Margin implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (text.toLowerCase(Locale.ROOT).startsWith("arc")) {
                throw new TypeConversionException(REFUSES_ARCFACE + text);
            }
            return new Ranges.NotNegative().convert(text);
        }
    }

    /**
     * Takes what a layer's folder states, unless an option names a domain.
     *
     * @return whether it was taken
     */
    public boolean take(StatedFeatures stated, String file) {
        if (!name.isEmpty()) {
            return false;
        }
        name = stated.domain().toString();
        place = file;
        if (stated.temperature().isPresent()) {
            temperature = temperature == null ? stated.temperature().getAsDouble() : temperature;
            margin = margin == null ? stated.margin() : margin;
        }
        return true;
    }

    /** Where the domain is stated, for messages. */
    public String place() {
        return place == null ? "--features=" + name : place + ": features " + name;
    }

    /**
     * The domain for a command that has no features to look at.
     *
     * @param handled the domains that the command handles
     */
    public FeatureDomain domain(FeatureDomain... handled) {
        FeatureDomain domain = stated().orElse(FeatureDomain.FREE);
        if (name.equals(AUTO) || !List.of(handled).contains(domain)) {
            throw wrongUsage((place == null ? "--features" : place + ": features") + ": expected one of "
                    + Arrays.toString(handled) + ", found " + name);
        }
        return domain;
    }

    /** The stated domain; empty if it is to be recognised. */
    public Optional<FeatureDomain> stated() {
        return name.isEmpty() || name.equals(AUTO)
                ? Optional.empty()
                : Optional.of(FeatureDomain.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    /**
     * Whether the features are unit vectors; checks that the options fit together.
     *
     * @param others options of the command that have no meaning for unit features, besides those of penalties, the bias
     *     and changes of the loss
     */
    public boolean isUnit(String... others) {
        boolean isUnit = stated().filter(FeatureDomain.UNIT::equals).isPresent();
        if (isUnit && temperature == null) {
            throw wrongUsage("--features=unit: expected --temperature, found none");
        }
        if (!isUnit && (temperature != null || margin != null)) {
            throw wrongUsage((temperature != null ? "--temperature" : "--margin") + ": expected --features=unit, found "
                    + (name.isEmpty() ? "none" : place()));
        }
        ParseResult given = command.commandLine().getParseResult();
        Stream.concat(Arrays.stream(others), OF_PENALISED_FEATURES.stream())
                .filter(option -> isUnit && given.hasMatchedOption(option))
                .findFirst()
                .ifPresent(name -> {
                    throw wrongUsage(name + ": expected no such option with " + place()
                            + (name.equals("--margins") ? " (--margin for all classes?)" : "")
                            + ", found one");
                });
        return isUnit;
    }

    /** τ; of unit features only. */
    public double temperature() {
        if (temperature == null) {
            throw new IllegalStateException("no temperature: expected unit features");
        }
        return temperature;
    }

    /** m. */
    public double margin() {
        return margin == null ? 0 : margin;
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
