package io.github.collapse4j.cli;

import io.github.collapse4j.model.ClassCounts;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The ways to say how many samples each class has. */
final class CountsOptions {
    private static final Pattern GROUP = Pattern.compile("(\\d+)[xX×](\\d+)");
    private static final Pattern TAIL = Pattern.compile("(\\d+):(\\d+)");

    @Option(
            names = "--counts",
            split = ",",
            paramLabel = "n",
            description = "Samples of each class, such as 100,50,20 (a long list: @FILE).")
    private @Nullable List<Long> counts;

    @Option(
            names = "--groups",
            split = ",",
            paramLabel = "mxn",
            description = "m classes of n samples each, such as 900000x1000,100000x5.")
    private @Nullable List<String> groups;

    @Option(names = "--classes", paramLabel = "K", description = "K classes, with --per-class or --long-tail.")
    private @Nullable Integer classes;

    @Option(names = "--per-class", paramLabel = "n", description = "n samples of each class.")
    private @Nullable Long perClass;

    @Option(
            names = "--long-tail",
            paramLabel = "a:b",
            description = "From a samples of class 0 down to b of class K−1, geometrically, rounded down.")
    private @Nullable String longTail;

    /** The counts, or an {@link IllegalArgumentException} that says what is wrong with the options. */
    ClassCounts classCounts() {
        int ways = (counts != null ? 1 : 0) + (groups != null ? 1 : 0) + (classes != null ? 1 : 0);
        if (ways != 1) {
            throw new IllegalArgumentException(
                    "expected one of --counts, --groups, or --classes with --per-class or --long-tail, found " + ways);
        }
        if (counts != null) {
            return ClassCounts.of(counts.stream().mapToLong(Long::longValue).toArray());
        }
        if (groups != null) {
            return ClassCounts.of(
                    groups.stream().flatMapToLong(CountsOptions::group).toArray());
        }
        int number = classes == null ? 0 : classes;
        if ((perClass == null) == (longTail == null)) {
            throw new IllegalArgumentException("--classes: expected either --per-class or --long-tail with it");
        }
        return perClass != null ? ClassCounts.balanced(number, perClass) : tail(number, longTail);
    }

    private static LongStream group(String text) {
        Matcher matcher = GROUP.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--groups: expected classes x samples such as 900x1000, found " + text);
        }
        long samples = Long.parseLong(matcher.group(2));
        return LongStream.range(0, Integer.parseInt(matcher.group(1))).map(k -> samples);
    }

    private static ClassCounts tail(int classes, @Nullable String text) {
        Matcher matcher = TAIL.matcher(text == null ? "" : text);
        if (!matcher.matches() || classes < 2) {
            throw new IllegalArgumentException(
                    "--long-tail: expected two counts such as 1280:5 and at least 2 classes, found " + text + " and "
                            + classes);
        }
        double first = Long.parseLong(matcher.group(1));
        double last = Long.parseLong(matcher.group(2));
        long[] counts = new long[classes];
        for (int k = 0; k < classes; k++) {
            // The small shift keeps the ends exact: the power may come out a rounding error below them.
            counts[k] = (long) Math.floor(first * Math.pow(last / first, k / (classes - 1.0)) + 1e-9);
        }
        return ClassCounts.of(counts);
    }
}
