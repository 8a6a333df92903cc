package io.github.collapse4j.proof;

/**
 * The slice through a point transverse to its symmetry orbit, and the ball that is searched for a critical point.
 *
 * @param weight c, the weight of the gauge term {@code (c/2)·‖T̄ᵀ(x − x̄)‖²}
 * @param radius r, the radius of the ball, in [2⁻¹⁰⁰⁰, 1]
 * @param gramHint slightly below λ_min(T̄ᵀT̄)
 */
public record Slice(Rational weight, double radius, double gramHint) {}
