/** Models with non-negative features, as after a ReLU: bounds, global minima and verdicts (docs/theory.md §14). */
@NullMarked
package io.github.collapse4j.nonnegative;

import org.jspecify.annotations.NullMarked;
