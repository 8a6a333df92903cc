/** Machine-checked theorems (docs/proof-format.md), in exact and interval arithmetic; uses nothing else of core. */
@NullMarked
package io.github.collapse4j.proof;

import org.jspecify.annotations.NullMarked;
