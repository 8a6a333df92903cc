package io.github.collapse4j.io.parquet;

import org.apache.parquet.column.ColumnDescriptor;

/**
 * A column to read.
 *
 * @param name its name in the table
 * @param descriptor descriptor of its numbers, or of those in its lists
 * @param number how to read them
 */
record NumberColumn(String name, ColumnDescriptor descriptor, ParquetNumber number) {}
