/**
 * Cosine heads: unit features against a classifier with unit rows, at a temperature (docs/theory.md §13). Value,
 * multipliers, bounds, verdicts, solver and landscape of this domain.
 */
@NullMarked
package io.github.collapse4j.cosine;

import org.jspecify.annotations.NullMarked;
