/** Reads proof files (docs/proof-format.md) by a strict grammar, and writes them. */
@NullMarked
package io.github.collapse4j.io.proof;

import org.jspecify.annotations.NullMarked;
