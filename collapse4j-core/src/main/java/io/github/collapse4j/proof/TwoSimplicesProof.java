package io.github.collapse4j.proof;

import static io.github.collapse4j.proof.NotProvedException.require;

import java.util.Arrays;

/**
 * Spurious minima of balanced cross-entropy that consist of two simplices of a and b = K − a classes, in feature
 * dimension K − 2 (docs/theory.md §11, Lemma E and Theorem 2). Everything is scaled to one sample per class and λ_W =
 * λ_H = μ = κ/K.
 */
final class TwoSimplicesProof {
    /** Half the width of the enclosure of a separation, centred at a solution in doubles. */
    private static final double HALF_WIDTH = 0x1p-40;

    private static final int BISECTIONS = 80;

    private final int classes;
    private final Interval kappa;

    private TwoSimplicesProof(int classes, Interval kappa) {
        this.classes = classes;
        this.kappa = kappa;
    }

    static Theorem theorem(Proof.TwoSimplices proof) throws NotProvedException {
        Interval margin = Interval.of(Double.MAX_VALUE);
        for (int classes = proof.from(); classes <= proof.to(); classes++) {
            margin = margin.min(new TwoSimplicesProof(classes, proof.kappa().interval()).margin());
        }
        return new Theorem.TwoSimplices(proof.from(), proof.to(), proof.kappa(), margin);
    }

    /** A group of m classes at its critical separation s. */
    private record Group(
            int size, Interval separation, Interval own, Interval same, Interval other, Interval partition) {}

    /** A lower bound of the difference of values, if the upper point is a nondegenerate minimum. */
    private Interval margin() throws NotProvedException {
        Group small = group(classes / 2);
        Group large = group(classes - classes / 2);
        boolean withBias = classes % 2 == 0;
        requireMinimum(small, large, withBias);
        requireMinimum(large, small, withBias);
        Interval margin = value(small, large).minus(value(group(2), group(classes - 2)));
        require(margin.isPositive(), at() + "value above that of 2 and " + (classes - 2) + " classes");
        return margin.lower();
    }

    private String at() {
        return "K = " + classes + ": ";
    }

    /** Encloses the s with F_m(s) = 1 − κ, which is unique as F_m is increasing. */
    private Group group(int size) throws NotProvedException {
        double target = 1 - kappa.approximately();
        double below = 0;
        double above = 64;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (below + above) / 2;
            double decay = Math.exp(-middle);
            double f = (1 - decay) / (1 + (size - 1) * decay + (classes - size) * Math.exp(-middle * (1 - 1.0 / size)));
            if (f < target) {
                below = middle;
            } else {
                above = middle;
            }
        }
        Interval low = Interval.of(below - HALF_WIDTH);
        Interval high = Interval.of(above + HALF_WIDTH);
        Interval goal = Interval.ONE.minus(kappa);
        require(
                low.isPositive() && separated(size, low).isBelow(goal) && goal.isBelow(separated(size, high)),
                at() + "a separation of " + size + " classes near " + below);
        return at(size, Interval.ofScaled(low.low(), high.high()));
    }

    /** F_m(s), the probability of the own class minus that of another class of its group. */
    private Interval separated(int size, Interval s) {
        Group group = at(size, s);
        return group.own().minus(group.same());
    }

    private Group at(int size, Interval s) {
        Interval share = s.dividedBy(Interval.of(size));
        Interval own = s.minus(share).exp();
        Interval same = share.negate().exp();
        Interval partition = own.plus(same.times(size - 1)).plus(Interval.of(classes - size));
        return new Group(
                size,
                s,
                own.dividedBy(partition),
                same.dividedBy(partition),
                Interval.ONE.dividedBy(partition),
                partition);
    }

    /** {@code (1/K)Σ m(log Z − s(1 − 1/m)) + (κ/K)Σ(m − 1)s}; the coefficient of s is (m − 1)(κ − 1)/K. */
    private Interval value(Group... groups) {
        Interval sum = Interval.ZERO;
        for (Group group : groups) {
            sum = sum.plus(group.partition().log().times(group.size()))
                    .minus(Interval.ONE.minus(kappa).times(group.separation()).times(group.size() - 1));
        }
        return sum.dividedBy(Interval.of(classes));
    }

    /**
     * Lemma E for group a: its form in (ξ, η_a, η_b, δ, τ) is positive definite; δ only with a bias, τ only for a ≥ 3.
     */
    private void requireMinimum(Group a, Group b, boolean withBias) throws NotProvedException {
        int delta = withBias ? 3 : -1;
        int tau = a.size() > 2 ? (withBias ? 4 : 3) : -1;
        int n = 3 + (withBias ? 1 : 0) + (a.size() > 2 ? 1 : 0);
        Interval m = Interval.of(a.size());
        Interval rootA = m.squareRoot();
        Interval rootB = Interval.of(b.size()).squareRoot();
        Interval rootK = Interval.of(classes).squareRoot();
        Interval inverseRoot = Interval.ONE.dividedBy(a.separation().squareRoot());
        Interval[] between = zeros(n);
        between[0] = rootK.dividedBy(rootA.times(rootB));
        Interval[] within = zeros(n);
        within[1] = Interval.ONE.dividedBy(rootA);
        Interval[] across = zeros(n);
        across[2] = Interval.ONE.dividedBy(rootB);
        Interval[] own = zeros(n);
        if (withBias) {
            within[delta] = inverseRoot;
            across[delta] = inverseRoot;
        }
        if (a.size() > 2) {
            Interval share = Interval.ONE.dividedBy(m).negate();
            between[tau] = share;
            within[tau] = share;
            own[tau] = Interval.ONE;
        }
        for (int i = 0; i < n; i++) {
            own[i] = own[i].plus(between[i]).plus(within[i]);
        }
        long others = a.size() - 1L;
        Interval weight = a.separation().dividedBy(Interval.of(classes));
        Interval mu = kappa.dividedBy(Interval.of(classes));
        SymmetricMatrix form = new SymmetricMatrix(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                Interval square = a.own()
                        .times(own[i].times(own[j]))
                        .plus(a.same()
                                .times(between[i]
                                        .times(between[j])
                                        .plus(within[i].times(within[j]))
                                        .times(others)
                                        .minus(between[i].times(within[j]))
                                        .minus(between[j].times(within[i]))));
                Interval entry = square.minus(
                                mean(a, own[i], between[i], within[i]).times(mean(a, own[j], between[j], within[j])))
                        .plus(b.other().times(b.size()).times(across[i].times(across[j])));
                form.set(i, j, weight.times(entry));
            }
        }
        for (int i = 0; i < 3; i++) {
            form.add(i, i, mu);
        }
        form.add(1, 0, a.other().times(rootB).dividedBy(rootK).negate());
        form.add(2, 0, b.other().times(rootA).dividedBy(rootK));
        require(
                isPositiveDefinite(form),
                at() + "the form of the group of " + a.size() + " classes is positive definite");
    }

    /** The coefficient of one variable in {@code p t + q((a−1)B − γ)}. */
    private static Interval mean(Group a, Interval own, Interval between, Interval within) {
        return a.own()
                .times(own)
                .plus(a.same().times(between.times(a.size() - 1L).minus(within)));
    }

    private static Interval[] zeros(int n) {
        Interval[] zeros = new Interval[n];
        Arrays.fill(zeros, Interval.ZERO);
        return zeros;
    }

    /** Whether all pivots of an LDLᵀ factorisation in intervals are positive. */
    private static boolean isPositiveDefinite(SymmetricMatrix form) {
        for (int k = 0; k < form.order(); k++) {
            Interval pivot = form.get(k, k);
            if (!pivot.isPositive()) {
                return false;
            }
            for (int i = k + 1; i < form.order(); i++) {
                for (int j = k + 1; j <= i; j++) {
                    Interval update = form.get(i, k).times(form.get(j, k)).dividedBy(pivot);
                    form.set(i, j, form.get(i, j).minus(update));
                }
            }
        }
        return true;
    }
}
