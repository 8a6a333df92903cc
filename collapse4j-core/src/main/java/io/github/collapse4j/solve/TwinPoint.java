package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;

/**
 * A point of the convex twin that respects the symmetry of exchangeable classes (docs/theory.md §6): the K×K matrix R̂
 * acts as {@code separation[g]} on the directions that distinguish classes of group g, and as the {@code G×G} matrix
 * {@code core} on the span of the groups' normalised indicators.
 *
 * @param separation a_g, ≥ 0; 0 for a group of one class
 * @param core C
 * @param bias one bias per group
 */
public record TwinPoint(double[] separation, Matrix core, double[] bias) {}
