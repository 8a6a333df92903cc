/**
 * The landscape of one model: critical points of every rank and how optimisers leave them, combined in one study
 * (docs/theory.md §3, §4, §7).
 */
@NullMarked
package io.github.collapse4j.landscape;

import org.jspecify.annotations.NullMarked;
