package io.github.collapse4j.cli.plan;

import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.plan.Boundaries;
import io.github.collapse4j.plan.EqualMargins;
import io.github.collapse4j.plan.Outlook;
import io.github.collapse4j.plan.Outlook.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A plan in words.
 *
 * @param isGood whether the optimum predicts all classes
 * @param headline how many classes are lost, and how
 * @param boundary which ones, and from which μ on
 * @param advice what to do
 */
record PlanVerdict(boolean isGood, String headline, String boundary, String advice) {
    private static final int MAX_NAMED = 3;
    /** Margins within this factor of each other are nearly equal. */
    private static final double NEARLY = 1.05;

    static PlanVerdict of(Plan plan) {
        Outlook outlook = plan.outlook();
        int[] lost = IntStream.range(0, outlook.groups())
                .filter(g -> outlook.fates()[g] != Fate.APART)
                .toArray();
        return lost.length == 0
                ? new PlanVerdict(true, allPredicted(plan), firstLost(plan), equaliser(plan))
                : new PlanVerdict(false, headline(plan), boundary(plan, lost), remedies(plan));
    }

    private static String allPredicted(Plan plan) {
        return format(
                "All classes are predicted at the optimum, which needs d = %,d.",
                plan.outlook().dimension());
    }

    /** What happens first as μ grows. */
    private static String firstLost(Plan plan) {
        OptionalDouble[] below = plan.boundaries().predictedBelow();
        Optional<Integer> first = IntStream.range(0, below.length)
                .boxed()
                .filter(g -> below[g].orElse(0) > plan.setting().mu())
                .min(Comparator.comparingDouble(g -> below[g].getAsDouble()));
        if (first.isEmpty()) {
            return "None is lost within the range of μ that was scanned.";
        }
        double mu = below[first.get()].getAsDouble();
        return format(
                "With a larger μ, the first to be lost: %s, from μ = %s on, %s times the μ here.",
                named(plan, new int[] {first.get()}),
                number(mu),
                factor(mu / plan.setting().mu()));
    }

    private static String factor(double ratio) {
        return format(ratio < 1000 ? "%.3g" : "%,.0f", ratio);
    }

    private static String equaliser(Plan plan) {
        double[] margins = plan.outlook().margins();
        double largest = Arrays.stream(margins).max().orElseThrow();
        double smallest = Arrays.stream(margins).min().orElseThrow();
        if (largest <= NEARLY * smallest) {
            return "Nothing needs to be done: the margins of all classes are nearly equal.";
        }
        String spread = format("Margins range from %.4f to %.4f", smallest, largest);
        return plan.weights() instanceof EqualMargins.Found found
                ? spread
                        + format(
                                "; the equalising weights make all of them %.4f.",
                                found.outlook().margins()[0])
                : spread + ".";
    }

    private static String headline(Plan plan) {
        Outlook outlook = plan.outlook();
        int classes = plan.setting().counts().classes();
        int lost = classes - outlook.classes(Fate.APART);
        String fates = Stream.of(Fate.OUTSCORED, Fate.MERGED, Fate.VANISHED)
                .filter(fate -> outlook.classes(fate) > 0)
                .map(fate ->
                        (outlook.classes(fate) < lost ? format("%,d ", outlook.classes(fate)) : "") + inWords(fate))
                .collect(Collectors.joining(", "));
        return format(
                "%,d of %,d classes %s lost (%s) at the optimum, which needs d = %,d.",
                lost, classes, lost == 1 ? "is" : "are", fates, outlook.dimension());
    }

    private static String inWords(Fate fate) {
        return switch (fate) {
            case APART -> "predicted";
            case OUTSCORED -> "outscored by another class";
            case MERGED -> "merged with others";
            case VANISHED -> "vanished";
        };
    }

    private static String boundary(Plan plan, int[] lost) {
        OptionalDouble[] below = plan.boundaries().predictedBelow();
        double[] from = Arrays.stream(lost)
                .mapToObj(g -> below[g])
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .filter(mu -> mu <= plan.setting().mu())
                .sorted()
                .toArray();
        String which = "Lost: " + named(plan, lost);
        if (from.length < lost.length) {
            return which + "; for some of them the scan shows no smaller μ at which they are predicted.";
        }
        return from[0] == from[from.length - 1]
                ? which + format(", from μ = %s on.", number(from[0]))
                : which
                        + format(
                                ", the first of them from μ = %s on, the last from %s on.",
                                number(from[0]), number(from[from.length - 1]));
    }

    private static String remedies(Plan plan) {
        List<String> remedies = new ArrayList<>();
        safeMu(plan)
                .ifPresent(mu -> remedies.add(format(
                        "a μ below %s, here divided by more than %s",
                        number(mu), factor(plan.setting().mu() / mu))));
        int classes = plan.setting().counts().classes();
        plan.alternatives().stream()
                .skip(1)
                .filter(alternative -> alternative.outlook().classes(Fate.APART) == classes)
                .forEach(alternative -> remedies.add(alternative.name()));
        if (plan.weights() instanceof EqualMargins.Found) {
            remedies.add("the equalising weights");
        }
        if (plan.adjustment() instanceof EqualMargins.Found found
                && found.outlook().classes(Fate.APART) == classes) {
            remedies.add(format("logit adjustment %.4g", found.loss().logitAdjustment()));
        }
        return remedies.isEmpty()
                ? "No μ within the scan and none of the remedies below keeps all classes."
                : "Any of these alone keeps all classes: " + String.join("; ", remedies) + ".";
    }

    /** Below it, down to the start of the scan, all classes are predicted; empty if some are lost even there. */
    private static OptionalDouble safeMu(Plan plan) {
        Boundaries boundaries = plan.boundaries();
        int classes = plan.setting().counts().classes();
        if (boundaries.scan().get(0).outlook().classes(Fate.APART) < classes) {
            return OptionalDouble.empty();
        }
        return Arrays.stream(boundaries.predictedBelow())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .filter(mu -> mu < plan.setting().mu())
                .min();
    }

    private static String named(Plan plan, int[] groups) {
        List<String> names = Arrays.stream(groups)
                .mapToObj(g -> name(plan, g))
                .limit(MAX_NAMED)
                .toList();
        int others = Arrays.stream(groups)
                .skip(MAX_NAMED)
                .map(g -> plan.outlook().twin().groups().sizes()[g])
                .sum();
        return String.join(", ", names) + (others > 0 ? format(" and %,d more", others) : "");
    }

    private static String name(Plan plan, int group) {
        int[] members = plan.members(group);
        double count = plan.outlook().twin().groups().counts()[group];
        String samples = format("%,.0f sample%s", count, count == 1 ? "" : "s")
                + (plan.coarse().ratio() > 1 ? " on average" : "");
        if (members.length == 1) {
            return format("class %d (%s)", members[0], samples);
        }
        int last = members[members.length - 1];
        boolean areConsecutive = last - members[0] == members.length - 1;
        return areConsecutive
                ? format("classes %d–%d (%s each)", members[0], last, samples)
                : format("%,d classes (%s each)", members.length, samples);
    }
}
