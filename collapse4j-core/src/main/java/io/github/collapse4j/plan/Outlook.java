package io.github.collapse4j.plan;

import io.github.collapse4j.solve.ClassGroups;
import io.github.collapse4j.solve.Geometry;
import io.github.collapse4j.solve.GroupGram;
import io.github.collapse4j.solve.TwinSolution;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a training strives for: the optimum, read for the planner. Groups are of exchangeable classes, those of the most
 * samples first.
 *
 * @param twin the solution with its certificate
 */
public record Outlook(TwinSolution twin) {
    /** How far a cosine may be from 1, and a logit from 0, where features merge or vanish. */
    private static final double TOLERANCE = 1e-8;

    /** A margin up to which two logits are the same: their error. */
    private static final double TIE = 1e-9;

    /** The fate of the classes of a group. */
    public enum Fate {
        /** Told apart from all others: the own logit is the highest. */
        APART,
        /** Told apart, but another class has a logit as high: every sample is predicted to be of that class. */
        OUTSCORED,
        /** Their features have the direction of another class's: the layer cannot tell which of them a sample is. */
        MERGED,
        /** Their features vanish: they have only the bias. */
        VANISHED;

        /** Whether the layer cannot tell the class from another, whatever the biases are. */
        public boolean isOne() {
            return this == MERGED || this == VANISHED;
        }
    }

    /** G, the number of groups. */
    public int groups() {
        return twin.groups().groups();
    }

    /** The smallest feature dimension that holds the optimum, to the tolerance of a verdict. */
    public int dimension() {
        return twin.rank();
    }

    /**
     * The logit of a sample's own class less the highest other, of every group. The logits are those of the layer, without
     * what the loss adds to them in training.
     */
    public double[] margins() {
        return IntStream.range(0, groups()).mapToDouble(this::margin).toArray();
    }

    private double margin(int group) {
        return twin.logits().get(groups(), group) - highestOther(group);
    }

    private double highestOther(int group) {
        ClassGroups classes = twin.groups();
        return IntStream.range(0, groups())
                .filter(h -> h != group || classes.sizes()[h] > 1)
                .mapToDouble(h -> twin.logits().get(h, group))
                .max()
                .orElseThrow();
    }

    /** The largest margin less the smallest. */
    public double marginSpread() {
        double[] margins = margins();
        return Arrays.stream(margins).max().orElseThrow()
                - Arrays.stream(margins).min().orElseThrow();
    }

    /**
     * The angle between the classifier rows of two different classes of the given groups, in degrees; empty if there are no two
     * such classes, or one of their rows is zero.
     */
    public OptionalDouble angle(int group, int other) {
        GroupGram rows = Geometry.of(twin).classifier();
        double unit = Math.sqrt(twin.problem().lambdaH() / twin.problem().lambdaW());
        double cosine = rows.cosine(group, other);
        return Double.isNaN(cosine)
                        || Math.min(rows.squaredNorms()[group], rows.squaredNorms()[other]) <= TOLERANCE * unit
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine)))));
    }

    /** The fate of every group. */
    public Fate[] fates() {
        Geometry geometry = Geometry.of(twin);
        boolean[] collapsed = geometry.collapsed();
        Fate[] fates = new Fate[groups()];
        double unit = Math.sqrt(twin.problem().lambdaW() / twin.problem().lambdaH());
        for (int g = 0; g < fates.length; g++) {
            // ‖√n h‖² is √n times the logit that it gives, in this unit.
            double logit = geometry.features().squaredNorms()[g]
                    / (unit * Math.sqrt(twin.groups().counts()[g]));
            boolean isZero = logit <= TOLERANCE;
            boolean merges = twin.groups().sizes()[g] > 1 ? collapsed[g] : hasTwin(geometry, g);
            Fate told = margin(g) > TIE ? Fate.APART : Fate.OUTSCORED;
            fates[g] = isZero ? Fate.VANISHED : merges ? Fate.MERGED : told;
        }
        return fates;
    }

    private boolean hasTwin(Geometry geometry, int group) {
        return IntStream.range(0, groups())
                .filter(h -> h != group)
                .anyMatch(h -> geometry.features().cosine(group, h) >= 1 - TOLERANCE);
    }

    /** The number of classes with a fate. */
    public int classes(Fate fate) {
        Fate[] fates = fates();
        return IntStream.range(0, groups())
                .filter(g -> fates[g] == fate)
                .map(g -> twin.groups().sizes()[g])
                .sum();
    }

    /** The μ from which on the classes of a group are one; empty if no theorem gives it (docs/theory.md §6, §10). */
    public OptionalDouble criticalMu(int group) {
        return twin.hasCriticalMu(group) ? OptionalDouble.of(twin.criticalMu(group)) : OptionalDouble.empty();
    }
}
