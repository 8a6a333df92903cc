/** Mergeable statistics of labelled features: what a pass over samples leaves behind, small enough to send. */
@NullMarked
package io.github.collapse4j.stats;

import org.jspecify.annotations.NullMarked;
