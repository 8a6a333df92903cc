/** Optimisation algorithms for smooth functions. */
@NullMarked
package io.github.collapse4j.optim;

import org.jspecify.annotations.NullMarked;
