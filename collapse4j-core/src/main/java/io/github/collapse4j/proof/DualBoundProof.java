package io.github.collapse4j.proof;

import static io.github.collapse4j.proof.NotProvedException.require;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A lower bound of the model from any dual point (docs/proof-format.md, “Lower bounds”). Its G columns are processed
 * one by one, in two passes: the first for the norm of the dual matrix, the second for the bound. For cross-entropy the
 * entries are probabilities; the dual matrix has 1 subtracted from that of the class itself.
 */
final class DualBoundProof {
    private final ExactModel model;
    private final DualPoint dual;
    private final int groups;
    private final boolean cross;
    private final Interval[] omega;
    private final Interval[] own;
    private final Interval[] gamma;
    private final Interval repair;

    private DualBoundProof(ExactModel model, DualPoint dual) throws NotProvedException {
        this.model = model;
        this.dual = dual;
        this.groups = model.groups();
        this.cross = model.loss() == LossKind.CROSS_ENTROPY;
        this.omega = new Interval[groups];
        this.own = new Interval[groups];
        for (int g = 0; g < groups; g++) {
            omega[g] = model.weight(g);
            own[g] = cross ? remainder(g) : Interval.of(dual.own()[g]);
        }
        this.gamma = biasDerivatives();
        this.repair = repair();
    }

    /** The bound, one number. */
    static Interval bound(ExactModel model, DualPoint dual) throws NotProvedException {
        if (model.trained().isPresent()) {
            return TrainedBoundProof.bound(model, dual);
        }
        DualBoundProof proof = new DualBoundProof(model, dual);
        Interval scale = Interval.of(dual.scale());
        Interval excess = proof.excess(scale);
        Interval norm = Interval.ONE.plus(excess).squareRoot();
        Interval shrink = Interval.ONE.dividedBy(norm).lower();
        Interval bound = proof.value(scale.times(shrink)).lower();
        Interval atOrigin = proof.valueAtOrigin();
        if (atOrigin.isBelow(bound)) {
            throw new IllegalStateException(
                    "a lower bound of " + bound + " above the value " + atOrigin + " at W = H = 0");
        }
        return bound;
    }

    /** 1 minus the other entries of a column, computed exactly in units of 2⁻¹⁰⁷⁴, since it must not be below 0. */
    private Interval remainder(int g) throws NotProvedException {
        BigInteger rest = BigInteger.ONE.shiftLeft(Dyadic.BITS);
        for (int h = 0; h < groups; h++) {
            long others = others(h, g);
            if (others > 0) {
                rest = rest.subtract(Dyadic.scaled(dual.columns()[g][h]).multiply(BigInteger.valueOf(others)));
            }
        }
        require(rest.signum() >= 0, "column " + g + " of q: its entries besides the own one add up to more than 1");
        int shift = Dyadic.BITS - Interval.BITS;
        return Interval.ofScaled(rest.shiftRight(shift), Interval.ceilingShift(rest, shift));
    }

    /** The number of classes of group h other than a given class of group g. */
    private long others(int h, int g) {
        return h == g ? model.sizes()[h] - 1 : model.sizes()[h];
    }

    /** γ, the derivative with respect to the bias of one class of each group. */
    private Interval[] biasDerivatives() {
        ProductSum[] sums = new ProductSum[groups];
        Arrays.setAll(sums, h -> new ProductSum());
        for (int g = 0; g < groups; g++) {
            for (int h = 0; h < groups; h++) {
                long others = others(g, h);
                if (others > 0) {
                    sums[h].add(omega[g].times(others), Interval.of(dual.columns()[g][h]));
                }
            }
            sums[g].add(omega[g], cross ? own[g].minus(Interval.ONE) : own[g]);
        }
        Interval[] derivatives = new Interval[groups];
        Arrays.setAll(derivatives, h -> sums[h].value());
        return derivatives;
    }

    /** The t of step (a), which makes γ zero for a free bias; 0 for other biases. */
    private Interval repair() {
        Interval t = Interval.ZERO;
        if (cross && model.bias() instanceof ExactBias.Free) {
            for (int h = 0; h < groups; h++) {
                Interval positive = gamma[h].max(Interval.ZERO);
                t = t.max(positive.dividedBy(omega[h].plus(positive)));
            }
        }
        return t;
    }

    /** An entry of row h after step (a). */
    private Interval repaired(Interval entry, int h) {
        if (!(model.bias() instanceof ExactBias.Free)) {
            return entry;
        }
        Interval centred = entry.minus(gamma[h]);
        return cross
                ? Interval.ONE
                        .minus(repair)
                        .times(centred)
                        .plus(repair.times(omega[h]))
                        .max(Interval.ZERO)
                : centred;
    }

    /** Entry (h, g) of the dual point for other classes of group h, after step (a) and scaling. */
    private Interval other(int h, int g, Interval scale) {
        return repaired(Interval.of(dual.columns()[g][h]), h).times(scale);
    }

    /** The own entry of a class of group g after step (a) and scaling; for cross-entropy minus 1. */
    private Interval ownResidual(int g, Interval scale) {
        Interval entry = repaired(own[g], g);
        return (cross ? entry.minus(Interval.ONE) : entry).times(scale);
    }

    /** An upper bound of the largest squared singular value divided by μ², minus 1; not below 0. */
    private Interval excess(Interval scale) throws NotProvedException {
        Interval penalties = model.lambdaW().interval().times(model.lambdaH().interval());
        Interval n = Interval.ofScaled(model.samples().shiftLeft(Interval.BITS));
        Interval unit = n.times(penalties.squareRoot());
        Interval excess = Interval.ZERO;
        Interval[][] matrix = new Interval[groups][groups];
        Interval[] rootOfSize = new Interval[groups];
        for (int g = 0; g < groups; g++) {
            rootOfSize[g] = Interval.of(model.sizes()[g]).squareRoot();
        }
        for (int g = 0; g < groups; g++) {
            long size = model.sizes()[g];
            Interval factor = Interval.of(size * model.counts()[g]).squareRoot().dividedBy(unit);
            for (int h = 0; h < groups; h++) {
                if (h != g) {
                    matrix[h][g] = other(h, g, scale).times(factor).times(rootOfSize[h]);
                }
            }
            Interval single = ownResidual(g, scale);
            Interval within =
                    size == 1 ? single : single.plus(other(g, g, scale).times(size - 1));
            matrix[g][g] = within.times(factor).times(rootOfSize[g]).dividedBy(Interval.of(size));
            if (size > 1) {
                Interval apart = single.minus(other(g, g, scale));
                Interval value = apart.square()
                        .times(model.counts()[g])
                        .dividedBy(n.square().times(penalties))
                        .minus(Interval.ONE);
                excess = excess.max(value);
            }
        }
        return excess.max(new SquaredNorm(matrix).upperBound().minus(Interval.ONE))
                .upper();
    }

    /** The bound for the dual point scaled by a factor. */
    private Interval value(Interval scale) {
        Interval rest = Interval.ONE.minus(scale);
        Interval sum = Interval.ZERO;
        for (int g = 0; g < groups; g++) {
            ProductSum terms = new ProductSum();
            Interval single = ownResidual(g, scale);
            if (cross) {
                Interval probability = repaired(own[g], g).times(scale).plus(rest);
                terms.add(Interval.ONE, entropy(probability));
            } else {
                terms.add(Interval.ONE, single.square().half().plus(single).negate());
            }
            for (int h = 0; h < groups; h++) {
                long others = others(h, g);
                if (others > 0) {
                    Interval entry = other(h, g, scale);
                    Interval term =
                            cross ? entropy(entry) : entry.square().half().negate();
                    terms.add(Interval.of(others), term);
                }
            }
            sum = sum.plus(omega[g].times(model.sizes()[g]).times(terms.value()));
        }
        if (model.bias() instanceof ExactBias.Regularised regularised) {
            ProductSum squares = new ProductSum();
            for (int h = 0; h < groups; h++) {
                squares.add(Interval.of(model.sizes()[h]), gamma[h].times(scale).square());
            }
            sum = sum.minus(
                    squares.value().dividedBy(regularised.lambda().interval().times(2)));
        }
        return sum;
    }

    /** A lower bound of {@code −q log q} over an interval of non-negative q, as the logarithm is increasing. */
    static Interval entropy(Interval q) {
        return q.high().signum() <= 0
                ? Interval.ZERO
                : q.max(Interval.ZERO).times(q.upper().log().negate()).lower();
    }

    /** The value at W = 0, H = 0, and b = 0 or, if the bias is free, the best b. */
    private Interval valueAtOrigin() {
        boolean free = model.bias() instanceof ExactBias.Free;
        if (cross && !free) {
            return Interval.of(model.classes()).log();
        }
        Interval sum = Interval.ZERO;
        for (int g = 0; g < groups; g++) {
            Interval size = Interval.of(model.sizes()[g]);
            Interval term = cross
                    ? omega[g].times(omega[g].log()).negate()
                    : omega[g].square().half();
            sum = sum.plus(size.times(term));
        }
        return cross ? sum : free ? Interval.ONE.half().minus(sum) : Interval.ONE.half();
    }
}
