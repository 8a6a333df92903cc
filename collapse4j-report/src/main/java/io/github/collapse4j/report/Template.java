package io.github.collapse4j.report;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with placeholders {@code {{name}}}. Values are inserted verbatim and not expanded again.
 *
 * @param text the text with its placeholders
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    /**
     * @throws IllegalArgumentException if a placeholder has no value, or a value no placeholder
     */
    String fill(Map<String, String> values) {
        TreeSet<String> unused = new TreeSet<>(values.keySet());
        String filled = PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for " + place.group() + " among " + values.keySet());
            }
            unused.remove(place.group(1));
            return Matcher.quoteReplacement(value);
        });
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("no placeholder for " + unused);
        }
        return filled;
    }
}
