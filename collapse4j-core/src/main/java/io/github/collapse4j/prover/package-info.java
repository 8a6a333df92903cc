/** Finds proofs for the checker in {@code proof}: points, radii and hints. What is found here needs no trust. */
@NullMarked
package io.github.collapse4j.prover;

import org.jspecify.annotations.NullMarked;
