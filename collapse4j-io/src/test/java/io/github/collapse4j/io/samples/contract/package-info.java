/** Contracts of sample sources; also compiled into the tests of collapse4j-parquet. */
@NullMarked
package io.github.collapse4j.io.samples.contract;

import org.jspecify.annotations.NullMarked;
