/** Finds proofs for the checker in {@code proof}: points, radii and hints. The results need not be trusted. */
@NullMarked
package io.github.collapse4j.prover;

import org.jspecify.annotations.NullMarked;
