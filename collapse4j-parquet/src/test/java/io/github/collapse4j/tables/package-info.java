/** What Parquet files are held to on one machine and by Spark; compiled into the tests of both modules. */
@NullMarked
package io.github.collapse4j.tables;

import org.jspecify.annotations.NullMarked;
