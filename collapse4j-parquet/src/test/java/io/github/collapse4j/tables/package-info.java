/** Contracts of Parquet files on one machine and in Spark; compiled into the tests of both modules. */
@NullMarked
package io.github.collapse4j.tables;

import org.jspecify.annotations.NullMarked;
