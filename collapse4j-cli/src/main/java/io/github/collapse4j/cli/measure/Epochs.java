package io.github.collapse4j.cli.measure;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Epochs parsed from the names of a series of checkpoints. */
final class Epochs {
    private static final Pattern LAST_NUMBER = Pattern.compile("(|.*\\D)(\\d{1,18})(\\D*)", Pattern.DOTALL);

    private Epochs() {}

    /**
     * The last numbers of names that differ in nothing else, such as {@code epoch001} and {@code epoch010}; empty for
     * other names, such as {@code learned-d9-s0} and {@code etf-d64-s0}.
     */
    static Optional<long[]> of(List<String> names) {
        Set<String> rest = new HashSet<>();
        Set<Long> numbers = new LinkedHashSet<>();
        for (String name : names) {
            Matcher matcher = LAST_NUMBER.matcher(name);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            rest.add(matcher.group(1) + "#" + matcher.group(3));
            numbers.add(Long.parseLong(matcher.group(2)));
        }
        return rest.size() == 1 && numbers.size() == names.size()
                ? Optional.of(numbers.stream().mapToLong(Long::longValue).toArray())
                : Optional.empty();
    }
}
