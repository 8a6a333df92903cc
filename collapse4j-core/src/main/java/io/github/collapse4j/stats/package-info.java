/**
 * Mergeable statistics of labelled features: the result of a pass over samples, small enough to send over a network.
 */
@NullMarked
package io.github.collapse4j.stats;

import org.jspecify.annotations.NullMarked;
