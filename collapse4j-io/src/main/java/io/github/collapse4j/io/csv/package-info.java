/**
 * Tables of samples as text, separated by commas ({@code .csv}) or tabs ({@code .tsv}), optionally gzipped: one sample
 * per line, with a column of integer labels among the feature columns.
 */
@NullMarked
package io.github.collapse4j.io.csv;

import org.jspecify.annotations.NullMarked;
