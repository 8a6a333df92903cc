package io.github.collapse4j.proof;

/**
 * The slice through a point, across its symmetry orbit, and the ball in which a critical point is looked for.
 *
 * @param weight c, of the gauge term {@code (c/2)·‖T̄ᵀ(x − x̄)‖²}
 * @param radius r of the ball, in [2⁻¹⁰⁰⁰, 1]
 * @param gramHint a little below λ_min(T̄ᵀT̄)
 */
public record Slice(Rational weight, double radius, double gramHint) {}
