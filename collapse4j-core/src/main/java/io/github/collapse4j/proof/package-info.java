/** Theorems that a machine checks (docs/proof-format.md): exact and interval arithmetic only, nothing else of core. */
@NullMarked
package io.github.collapse4j.proof;

import org.jspecify.annotations.NullMarked;
