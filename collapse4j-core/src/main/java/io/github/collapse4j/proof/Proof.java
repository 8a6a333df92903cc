package io.github.collapse4j.proof;

import static io.github.collapse4j.proof.NotProvedException.require;

/** The content of a proof file: a model, points and hints. The theorem is derived by the checker. */
public sealed interface Proof {
    /** Checks every inequality. */
    default Verification verify() {
        try {
            return new Verification.Proved(theorem());
        } catch (NotProvedException e) {
            return new Verification.NotProved(e.reason());
        } catch (ArithmeticException e) {
            return new Verification.NotProved("numbers within the range of the arithmetic: " + e.getMessage());
        }
    }

    /** The theorem, if every inequality that it rests on can be verified. */
    Theorem theorem() throws NotProvedException;

    /**
     * A spurious local minimum (docs/proof-format.md, {@code spurious-local-minimum}).
     *
     * @param model the model, ungrouped
     * @param point x̄, near the minimum, in feature dimension d
     * @param lower a point of lower value
     * @param slice c, r and a hint
     * @param hint σ, slightly below λ_min(∇²f(x̄) + cT̄T̄ᵀ)
     */
    record SpuriousLocalMinimum(ExactModel model, ExactPoint point, ExactPoint lower, Slice slice, double hint)
            implements Proof {
        @Override
        public Theorem theorem() throws NotProvedException {
            return CriticalPointProof.minimum(this);
        }
    }

    /**
     * A strict saddle (docs/proof-format.md, {@code strict-saddle}).
     *
     * @param model the model, ungrouped
     * @param d its feature dimension
     * @param point x̄, near the critical point, in dimension rank ≤ d
     * @param direction v, in dimension d
     * @param slice c, r and a hint
     * @param squareHint slightly below λ_min((∇²f(x̄) + cT̄T̄ᵀ)²)
     */
    record StrictSaddle(ExactModel model, int d, ExactPoint point, ExactPoint direction, Slice slice, double squareHint)
            implements Proof {
        @Override
        public Theorem theorem() throws NotProvedException {
            return CriticalPointProof.saddle(this);
        }
    }

    /**
     * A lower bound for every feature dimension (docs/proof-format.md, {@code global-lower-bound}).
     *
     * @param model the model, grouped or not
     * @param dual the dual point
     */
    record GlobalLowerBound(ExactModel model, DualPoint dual) implements Proof {
        @Override
        public Theorem theorem() throws NotProvedException {
            return new Theorem.GlobalLowerBound(model, DualBoundProof.bound(model, dual));
        }
    }

    /**
     * A point whose value meets a lower bound (docs/proof-format.md, {@code global-minimum}).
     *
     * @param model the model, ungrouped
     * @param point the point, in the model's feature dimension
     * @param dual the dual point
     * @param width the claim: the point's value is at most the bound plus this
     */
    record GlobalMinimum(ExactModel model, ExactPoint point, DualPoint dual, double width) implements Proof {
        /** K²d products of this number take about a minute. */
        private static final long MAX_PRODUCTS = 200_000_000;

        @Override
        public Theorem theorem() throws NotProvedException {
            long products = (long) point.classes() * model.groups() * point.dimension();
            require(products <= MAX_PRODUCTS, "too large: expected K²d up to " + MAX_PRODUCTS + ", found " + products);
            Interval value = new Derivatives(model, point).value();
            return Theorem.GlobalMinimum.of(model, point.dimension(), value, dual, width);
        }
    }

    /**
     * A point of a grouped model whose value meets a lower bound (docs/proof-format.md, {@code grouped-global-minimum}).
     *
     * @param model the model, grouped or not
     * @param d its feature dimension
     * @param point the point
     * @param dual the dual point
     * @param width the claim: the point's value is at most the bound plus this
     */
    record GroupedGlobalMinimum(ExactModel model, int d, GroupedPoint point, DualPoint dual, double width)
            implements Proof {
        /** G²p products of this number take about a minute. */
        private static final long MAX_PRODUCTS = 200_000_000;

        @Override
        public Theorem theorem() throws NotProvedException {
            long products = (long) model.groups() * model.groups() * point.rank();
            require(products <= MAX_PRODUCTS, "too large: expected G²p up to " + MAX_PRODUCTS + ", found " + products);
            long dimensions = point.dimensions(model);
            require(dimensions <= d, "dimensions of the point ≤ d: found " + dimensions + ", d = " + d);
            return Theorem.GlobalMinimum.of(model, d, GroupedValue.of(model, point), dual, width);
        }
    }

    /**
     * Two simplices for every K in a range (docs/proof-format.md, {@code two-simplices}).
     *
     * @param from smallest K, at least 6
     * @param to largest K
     * @param kappa κ, below 1
     */
    record TwoSimplices(int from, int to, Rational kappa) implements Proof {
        @Override
        public Theorem theorem() throws NotProvedException {
            return TwoSimplicesProof.theorem(this);
        }
    }
}
