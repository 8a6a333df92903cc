/** The search for spurious local minima from many random starts (docs/theory.md §4, §7). */
@NullMarked
package io.github.collapse4j.hunt;

import org.jspecify.annotations.NullMarked;
