/**
 * Tables of samples in Parquet files: a column of lists of numbers (of variable length in the format, but all of one length
 * here) or a column per feature, and a column of labels.
 *
 * <p>Parquet's own library reads them. What it throws at defective files is turned into one line here.
 */
@NullMarked
package io.github.collapse4j.io.parquet;

import org.jspecify.annotations.NullMarked;
