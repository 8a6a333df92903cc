package io.github.collapse4j.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A range of class counts, such as {@code 6:1000}; a single number is a range of one.
 *
 * @param from the smallest, at least 2
 * @param to the largest
 */
public record ClassRange(int from, int to) {
    /** Whether the range is a single number. */
    boolean isOne() {
        return from == to;
    }

    @Override
    public String toString() {
        return isOne() ? Integer.toString(from) : from + ":" + to;
    }

    static final class Converter implements ITypeConverter<ClassRange> {
        @Override
        public ClassRange convert(String text) {
            Ranges.AtLeastTwo number = new Ranges.AtLeastTwo();
            int colon = text.indexOf(':');
            int from = number.convert(colon < 0 ? text : text.substring(0, colon));
            int to = colon < 0 ? from : number.convert(text.substring(colon + 1));
            if (to < from) {
                throw new TypeConversionException("expected a range that ascends, found " + text);
            }
            return new ClassRange(from, to);
        }
    }
}
