package io.github.collapse4j.cli.option;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Class sizes that fall geometrically.
 *
 * @param first samples of class 0
 * @param last samples of class K−1
 */
public record LongTail(long first, long last) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):(\\d{1,18})");

    /** Reads {@code a:b}. */
    public static final class Converter implements ITypeConverter<LongTail> {
        @Override
        public LongTail convert(String text) {
            return parse(text)
                    .orElseThrow(
                            () -> new TypeConversionException("expected two counts such as 1280:5, found " + text));
        }
    }

    static Optional<LongTail> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new LongTail(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The sizes of at least two classes, rounded down. */
    public long[] counts(int classes) {
        long[] counts = new long[classes];
        for (int k = 0; k < classes; k++) {
            // The small shift keeps the ends exact: rounding may put the power slightly below them.
            counts[k] = (long) Math.floor(first * Math.pow((double) last / first, k / (classes - 1.0)) + 1e-9);
        }
        return counts;
    }
}
