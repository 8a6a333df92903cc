package io.github.collapse4j.cli.landscape;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Feature dimensions from {@code first} to {@code last}, such as {@code 2:6}; a single number is a range of one.
 */
record DimensionRange(int first, int last) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(?::(\\d{1,6}))?");

    boolean isOne() {
        return first == last;
    }

    @Override
    public String toString() {
        return isOne() ? Integer.toString(first) : first + ":" + last;
    }

    static final class Converter implements ITypeConverter<DimensionRange> {
        @Override
        public DimensionRange convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("expected a dimension or a range such as 2:6, found " + text);
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < 1 || last < first) {
                throw new TypeConversionException("expected 1 ≤ first ≤ last, found " + text);
            }
            return new DimensionRange(first, last);
        }
    }
}
