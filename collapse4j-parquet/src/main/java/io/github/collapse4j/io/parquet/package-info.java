/**
 * Tables of samples in Parquet files: a column of lists of numbers (of variable length in the format, but of equal
 * length here) or one column per feature, and a label column.
 *
 * <p>They are read by Parquet's own library, whose exceptions at defective files become one-line messages here.
 */
@NullMarked
package io.github.collapse4j.io.parquet;

import org.jspecify.annotations.NullMarked;
