package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;

/**
 * A point of the convex twin and a dual point that bounds it from below. The two need not belong together for the bound to
 * hold (docs/theory.md §4); they do where it is tight.
 *
 * @param point the primal point
 * @param residual the dual point: residuals without weights, {@code (G+1)×G} as {@link TwinModel}'s logits
 */
record PrimalDual(TwinPoint point, Matrix residual) {}
