/** Core's sums and descents on a Spark cluster: what is summed and how it merges is core's, where it happens is Spark's. */
@NullMarked
package io.github.collapse4j.spark;

import org.jspecify.annotations.NullMarked;
