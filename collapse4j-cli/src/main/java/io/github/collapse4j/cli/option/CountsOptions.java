package io.github.collapse4j.cli.option;

import io.github.collapse4j.model.ClassCounts;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The ways to say how many samples each class has. */
public final class CountsOptions {
    private static final Pattern GROUP = Pattern.compile("([1-9]\\d{0,8})[xX×](\\d{1,18})");
    private static final Pattern TAIL = Pattern.compile("(\\d{1,18}):(\\d{1,18})");
    private static final int MOST_CLASSES = 100_000_000;

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

    @Option(
            names = "--classes",
            paramLabel = "K",
            converter = Ranges.AtLeastTwo.class,
            description = "K classes, with --per-class or --long-tail.")
    private @Nullable Integer classes;

    @Option(names = "--per-class", paramLabel = "n", description = "n samples of each class.")
    private @Nullable Long perClass;

    @Option(
            names = "--long-tail",
            paramLabel = "a:b",
            description = "From a samples of class 0 down to b of class K−1, geometrically, rounded down.")
    private @Nullable String longTail;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The counts; without options, or with --classes alone, classes of {@code perClass} samples each. */
    public ClassCounts classCountsOr(int defaultClasses, long defaultPerClass) {
        requireFew(classes);
        boolean classesOnly = counts == null && groups == null && perClass == null && longTail == null;
        return classesOnly
                ? ClassCounts.balanced(classes == null ? defaultClasses : classes, defaultPerClass)
                : classCounts();
    }

    /** The counts; what is wrong with the options is wrong usage. */
    public ClassCounts classCounts() {
        boolean ofClasses = classes != null || perClass != null || longTail != null;
        int ways = (counts != null ? 1 : 0) + (groups != null ? 1 : 0) + (ofClasses ? 1 : 0);
        if (ways != 1) {
            throw wrongUsage("expected one of --counts, --groups, or --classes with --per-class or --long-tail, found "
                    + (ways == 0 ? "none" : "several"));
        }
        if (counts != null) {
            return named("--counts", counts.stream().mapToLong(Long::longValue).toArray());
        }
        if (groups != null) {
            return named("--groups", ofGroups(groups));
        }
        requireFew(classes);
        if (classes != null && perClass != null && longTail == null) {
            long[] equal = new long[classes];
            Arrays.fill(equal, perClass);
            return named("--per-class", equal);
        }
        if (classes != null && perClass == null && longTail != null) {
            return named("--long-tail", tail(classes, longTail));
        }
        throw wrongUsage("expected --classes with either --per-class or --long-tail");
    }

    /** The counts of groups of samples that need not be classes, of --counts: one group is enough. */
    public ClassCounts groupCounts() {
        if (counts == null || groups != null || classes != null || perClass != null || longTail != null) {
            throw wrongUsage("--targets: expected --counts with a count for each row");
        }
        return positive("--counts", counts.stream().mapToLong(Long::longValue).toArray());
    }

    private ClassCounts named(String option, long[] counts) {
        if (counts.length < 2) {
            throw wrongUsage(option + ": expected at least 2 classes, found " + counts.length);
        }
        return positive(option, counts);
    }

    private ClassCounts positive(String option, long[] counts) {
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] < 1) {
                throw wrongUsage(
                        option + ": expected at least one sample of each class, found " + counts[k] + " of class " + k);
            }
        }
        try {
            return ClassCounts.of(counts);
        } catch (ArithmeticException e) {
            throw wrongUsage(option + ": expected fewer than 2^63 samples in all, found more");
        }
    }

    private long[] ofGroups(List<String> groups) {
        int[] ends = new int[groups.size()];
        long[] samples = new long[groups.size()];
        int end = 0;
        for (int g = 0; g < ends.length; g++) {
            String group = groups.get(g).strip();
            Matcher matcher = GROUP.matcher(group);
            if (!matcher.matches()) {
                throw wrongUsage("--groups: expected classes x samples such as 900x1000, found " + group);
            }
            int size = Integer.parseInt(matcher.group(1));
            if (size > MOST_CLASSES - end) {
                throw wrongUsage("--groups: expected at most " + MOST_CLASSES + " classes, found more");
            }
            end += size;
            ends[g] = end;
            samples[g] = Long.parseLong(matcher.group(2));
        }
        long[] counts = new long[end];
        for (int g = 0; g < ends.length; g++) {
            Arrays.fill(counts, g == 0 ? 0 : ends[g - 1], ends[g], samples[g]);
        }
        return counts;
    }

    private long[] tail(int classes, String text) {
        Matcher matcher = TAIL.matcher(text.strip());
        if (!matcher.matches() || classes < 2) {
            throw wrongUsage("--long-tail: expected two counts such as 1280:5 and at least 2 classes," + " found "
                    + text + " and " + classes);
        }
        double first = Long.parseLong(matcher.group(1));
        double last = Long.parseLong(matcher.group(2));
        long[] counts = new long[classes];
        for (int k = 0; k < classes; k++) {
            // The small shift keeps the ends exact: the power may come out a rounding error below them.
            counts[k] = (long) Math.floor(first * Math.pow(last / first, k / (classes - 1.0)) + 1e-9);
        }
        return counts;
    }

    private void requireFew(@Nullable Integer number) {
        if (number != null && number > MOST_CLASSES) {
            throw wrongUsage("--classes: expected at most " + MOST_CLASSES + ", found " + number);
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
