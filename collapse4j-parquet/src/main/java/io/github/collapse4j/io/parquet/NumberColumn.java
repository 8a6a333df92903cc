package io.github.collapse4j.io.parquet;

import org.apache.parquet.column.ColumnDescriptor;

/**
 * A column that is read.
 *
 * @param name as the table has it
 * @param descriptor of its numbers, or of those in its lists
 * @param number how they are read
 */
record NumberColumn(String name, ColumnDescriptor descriptor, ParquetNumber number) {}
