package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;

/**
 * A point of the convex twin, and a dual point that bounds it from below. The bound holds for any pair (docs/theory.md
 * §4); it is tight if they belong together.
 *
 * @param point the primal point
 * @param residual the dual point: unweighted residuals, {@code (G+1)×G} like {@link TwinModel}'s logits
 */
record PrimalDual(TwinPoint point, Matrix residual) {}
