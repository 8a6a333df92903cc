/** The landscape of one model: critical points of every rank, how optimisers leave them, and all of it in one study (docs/theory.md §3, §4, §7). */
@NullMarked
package io.github.collapse4j.landscape;

import org.jspecify.annotations.NullMarked;
