/** The atlas of critical points of every rank, and what it says about the theorems (docs/theory.md §3, §4, §7). */
@NullMarked
package io.github.collapse4j.atlas;

import org.jspecify.annotations.NullMarked;
