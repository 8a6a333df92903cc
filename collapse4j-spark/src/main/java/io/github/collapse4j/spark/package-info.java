/** Runs core's sums and descents on a Spark cluster: core defines the sums and how they merge, Spark where they run. */
@NullMarked
package io.github.collapse4j.spark;

import org.jspecify.annotations.NullMarked;
