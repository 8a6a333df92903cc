/** JMH benchmarks: compiled by every build, run by hand. */
@NullMarked
package io.github.collapse4j.benchmarks;

import org.jspecify.annotations.NullMarked;
