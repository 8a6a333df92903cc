/** Optimisers of DJL that penalise parameters apart and can be saved. */
@NullMarked
package io.github.collapse4j.djl.optim;

import org.jspecify.annotations.NullMarked;
