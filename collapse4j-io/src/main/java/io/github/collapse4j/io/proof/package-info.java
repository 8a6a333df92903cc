/** Proof files (docs/proof-format.md), read by a grammar that accepts nothing else, and written. */
@NullMarked
package io.github.collapse4j.io.proof;

import org.jspecify.annotations.NullMarked;
