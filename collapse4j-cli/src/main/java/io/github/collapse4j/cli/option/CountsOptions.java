package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.model.ClassCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for the number of samples per class. */
@OptionGroup("Classes")
public final class CountsOptions {
    private static final Pattern GROUP = Pattern.compile("([1-9]\\d{0,8})[xX×](\\d{1,18})");
    private static final int MAX_CLASSES = 100_000_000;

    @Option(
            names = "--counts",
            paramLabel = "n,…",
            description =
                    "Samples per class, such as 100,50,20; @FILE with such a list, or LABELS.npy with the class of every"
                            + " sample.")
    private @Nullable String counts;

    @Option(
            names = "--groups",
            split = ",",
            paramLabel = "mxn",
            description = "m classes of n samples each, such as 900000x1000,100000x5.")
    private @Nullable List<String> groups;

    @Option(
            names = "--classes",
            paramLabel = "K",
            converter = ClassRange.Converter.class,
            description = "K classes, with --per-class or --long-tail.")
    private @Nullable ClassRange classRange;

    @Option(names = "--per-class", paramLabel = "n", description = "n samples per class.")
    private @Nullable Long perClass;

    @Option(
            names = "--long-tail",
            paramLabel = "a:b",
            description = "From a samples in class 0 down to b in class K−1, geometrically, rounded down.")
    private @Nullable String longTail;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The counts; without options, or with only --classes, {@code perClass} samples per class. */
    public ClassCounts classCountsOr(int defaultClasses, long defaultPerClass) {
        Integer classes = classes();
        boolean classesOnly = counts == null && groups == null && perClass == null && longTail == null;
        return classesOnly
                ? ClassCounts.balanced(classes == null ? defaultClasses : classes, defaultPerClass)
                : classCounts();
    }

    /** The counts; errors in the options are reported as wrong usage. */
    public ClassCounts classCounts() {
        boolean ofClasses = classRange != null || perClass != null || longTail != null;
        int ways = (counts != null ? 1 : 0) + (groups != null ? 1 : 0) + (ofClasses ? 1 : 0);
        if (ways != 1) {
            throw wrongUsage("expected one of --counts, --groups, or --classes with --per-class or --long-tail, found "
                    + (ways == 0 ? "none" : "several"));
        }
        if (counts != null) {
            return named("--counts", ofList(counts));
        }
        if (groups != null) {
            return named("--groups", ofGroups(groups));
        }
        Integer classes = classes();
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
        if (counts == null || groups != null || classes() != null || perClass != null || longTail != null) {
            throw wrongUsage("--targets: expected --counts with a count for each row");
        }
        return positive("--counts", ofList(counts));
    }

    /** Integers separated by commas, or the contents of a file. */
    private long[] ofList(String text) {
        try {
            return CountsFile.isName(text)
                    ? CountsFile.read(text)
                    : Arrays.stream(text.strip().split(","))
                            .mapToLong(entry -> Long.parseLong(entry.strip()))
                            .toArray();
        } catch (NumberFormatException e) {
            throw wrongUsage("--counts: expected integers, found "
                    + String.valueOf(e.getMessage()).replace("For input string: ", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                        option + ": expected at least one sample per class, found " + counts[k] + " in class " + k);
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
            if (size > MAX_CLASSES - end) {
                throw wrongUsage("--groups: expected at most " + MAX_CLASSES + " classes, found more");
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
        LongTail tail = LongTail.parse(text).orElse(null);
        if (tail == null || classes < 2) {
            throw wrongUsage("--long-tail: expected two counts such as 1280:5 and at least 2 classes, found " + text
                    + " and " + classes);
        }
        return tail.counts(classes);
    }

    /** The range of {@code --classes}, for families of models; empty if no classes were given. */
    public Optional<ClassRange> classRange() {
        return Optional.ofNullable(classRange);
    }

    private @Nullable Integer classes() {
        if (classRange == null) {
            return null;
        }
        if (!classRange.isOne()) {
            throw wrongUsage("--classes: expected one number, found " + classRange);
        }
        if (classRange.from() > MAX_CLASSES) {
            throw wrongUsage("--classes: expected at most " + MAX_CLASSES + ", found " + classRange);
        }
        return classRange.from();
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
