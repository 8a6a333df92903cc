/** Second-order structure of critical points (docs/theory.md §2, §4, §7). */
@NullMarked
package io.github.collapse4j.curvature;

import org.jspecify.annotations.NullMarked;
