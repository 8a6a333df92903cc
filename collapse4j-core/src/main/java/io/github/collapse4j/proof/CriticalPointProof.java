package io.github.collapse4j.proof;

import static io.github.collapse4j.proof.NotProvedException.require;

/**
 * Existence of a critical point near a point x̄, its Hessian and its value (docs/theory.md §11). On the ball of radius
 * r the penalised function {@code f + (c/2)·‖T̄ᵀ(x − x̄)‖²} has a Hessian within Lr of that at x̄.
 */
final class CriticalPointProof {
    /** A model of this many unknowns takes about ten seconds. */
    private static final int MAX_UNKNOWNS = 2500;

    /** As many products of intervals take half a minute. */
    private static final long MAX_PRODUCTS = 100_000_000;

    private final Slice slice;
    private final Derivatives at;
    private final Tangents tangents;
    private final Interval radius;
    private final Interval gradientNorm;
    private final Interval lipschitz;

    private CriticalPointProof(ExactModel model, ExactPoint point, Slice slice) throws NotProvedException {
        long unknowns = (long) (point.classes() + model.groups()) * point.dimension() + point.b().length;
        require(unknowns <= MAX_UNKNOWNS, "too large: expected up to " + MAX_UNKNOWNS + " unknowns, found " + unknowns);
        long pairs = (long) point.classes() * (point.dimension() + 1);
        requireProducts(pairs * pairs / 2 * model.groups());
        this.slice = slice;
        this.at = new Derivatives(model, point);
        this.tangents = new Tangents(model, point, at);
        this.radius = Interval.of(slice.radius());
        this.gradientNorm = Derivatives.squares(new Interval[][] {at.gradient()})
                .squareRoot()
                .upper();
        this.lipschitz = Lipschitz.bound(model, point, radius);
    }

    private static void requireProducts(long products) throws NotProvedException {
        require(products <= MAX_PRODUCTS, "too large: expected up to " + MAX_PRODUCTS + " products, found " + products);
    }

    static Theorem minimum(Proof.SpuriousLocalMinimum proof) throws NotProvedException {
        ExactPoint point = proof.point();
        require(
                !proof.model().isBenign(point.dimension()),
                "a theorem excludes spurious minima at d = " + point.dimension() + " for this loss and bias");
        CriticalPointProof critical = new CriticalPointProof(proof.model(), point, proof.slice());
        critical.distance(Interval.of(proof.hint()));
        Interval least = lowest("λ_min(∇²f + cT̄T̄ᵀ)", critical.penalisedHessian(), proof.hint());
        Interval distance = critical.existence(least);
        // m' = m₀ − L·g/m
        Interval eigenvalue = least.minus(critical.lipschitz.times(distance)).lower();
        Interval closer = critical.gradientNorm.dividedBy(eigenvalue).upper();
        Interval value = critical.at.value();
        Interval drop = critical.gradientNorm.square().dividedBy(eigenvalue.times(2));
        Interval enclosed = Interval.ofScaled(value.minus(drop).low(), value.high());
        Interval lower = new Derivatives(proof.model(), proof.lower()).value().upper();
        require(
                lower.isBelow(enclosed),
                "value of the lower point < value of the minimum: found " + lower.upperText(12) + " and "
                        + enclosed.lowerText(12));
        return new Theorem.SpuriousLocalMinimum(
                proof.model(),
                point.dimension(),
                critical.gradientNorm,
                closer,
                eigenvalue,
                critical.tangents.count(),
                enclosed,
                lower,
                enclosed.minus(lower).lower(),
                proof.slice().radius());
    }

    static Theorem saddle(Proof.StrictSaddle proof) throws NotProvedException {
        ExactPoint point = proof.point();
        CriticalPointProof critical = new CriticalPointProof(proof.model(), point, proof.slice());
        critical.distance(Interval.of(proof.squareHint()).squareRoot());
        long unknowns = critical.at.unknowns();
        requireProducts(unknowns * unknowns * unknowns / 2);
        Interval least = lowest(
                        "λ_min((∇²f + cT̄T̄ᵀ)²)", critical.penalisedHessian().square(), proof.squareHint())
                .squareRoot()
                .lower();
        Interval distance = critical.existence(least);
        ExactPoint direction = proof.direction();
        Interval along = new Derivatives(
                        proof.model(), point.padTo(proof.d(), proof.model().groups()))
                .curvatureAlong(direction);
        Interval squares = Derivatives.squares(Derivatives.intervals(direction.w()))
                .plus(Derivatives.squares(Derivatives.intervals(direction.h())))
                .plus(Derivatives.squares(Derivatives.intervals(new double[][] {direction.b()})));
        require(squares.isPositive(), "the direction is not zero");
        Interval curvature = along.dividedBy(squares)
                .plus(critical.lipschitz.times(distance))
                .upper();
        require(curvature.negate().isPositive(), "curvature along the direction < 0: found " + curvature.upperText(6));
        // |f(x*) − f(x̄)| ≤ g·δ + cδ²/2, where c = ‖∇²f(x̄)‖ + Lδ bounds the curvature on the segment between them.
        Interval hessianNorm = critical.hessianNorm().plus(critical.lipschitz.times(distance));
        Interval change = critical.gradientNorm
                .times(distance)
                .plus(hessianNorm.times(distance.square()).half());
        Interval value = critical.at.value();
        return new Theorem.StrictSaddle(
                proof.model(),
                proof.d(),
                point.dimension(),
                distance,
                curvature,
                Interval.ofScaled(value.minus(change).low(), value.plus(change).high()),
                proof.slice().radius());
    }

    private SymmetricMatrix penalisedHessian() {
        SymmetricMatrix hessian = at.hessian();
        tangents.addTo(hessian, slice.weight().interval());
        return hessian;
    }

    /** An upper bound of ‖∇²f(x̄)‖. */
    private Interval hessianNorm() {
        SymmetricMatrix hessian = at.hessian();
        ProductSum squares = new ProductSum();
        for (int i = 0; i < hessian.order(); i++) {
            for (int j = 0; j < hessian.order(); j++) {
                Interval size = hessian.get(i, j).magnitude();
                squares.add(size, size);
            }
        }
        return squares.value().squareRoot().upper();
    }

    private static Interval lowest(String name, SymmetricMatrix matrix, double hint) throws NotProvedException {
        Interval bound = EigenvalueBound.of(matrix, hint)
                .orElseThrow(() -> new NotProvedException(name + " > " + hint + ": the factorisation breaks down"));
        require(bound.isPositive(), name + " > 0: found at least " + bound.lowerText(6) + " only");
        return bound;
    }

    /**
     * The maximum distance g/m of the critical point, given that all eigenvalues at x̄ are at least m₀ in magnitude. No bound
     * exceeds its hint, so that a hint which is too small saves the Hessian.
     */
    private Interval distance(Interval least) throws NotProvedException {
        Interval m = least.minus(lipschitz.times(radius)).lower();
        require(
                m.isPositive(),
                "m₀ − Lr > 0: found m₀ = " + least.lowerText(6) + ", L = " + lipschitz.upperText(6) + ", r = "
                        + slice.radius());
        require(
                gradientNorm.isBelow(m.times(radius)),
                "‖∇f‖ < mr: found " + gradientNorm.upperText(6) + " and "
                        + m.times(radius).lowerText(6));
        return gradientNorm.dividedBy(m).upper();
    }

    /** {@link #distance}, if the slice is one: rotations leave it. */
    private Interval existence(Interval least) throws NotProvedException {
        Interval distance = distance(least);
        if (tangents.count() > 0) {
            Interval gram = lowest("λ_min(T̄ᵀT̄)", tangents.gram(), slice.gramHint());
            require(
                    radius.square().isBelow(gram),
                    "λ_min(T̄ᵀT̄) > r²: found " + gram.lowerText(6) + ", r = " + slice.radius());
        }
        return distance;
    }
}
