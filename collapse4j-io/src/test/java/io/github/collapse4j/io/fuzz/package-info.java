/** Readers against made-up bytes: each reads them, or refuses them in one line. CONTRIBUTING.md says how to run these. */
@NullMarked
package io.github.collapse4j.io.fuzz;

import org.jspecify.annotations.NullMarked;
