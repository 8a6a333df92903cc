/**
 * Tables of samples as text, separated by commas ({@code .csv}) or tabs ({@code .tsv}), perhaps compressed by gzip: one
 * sample a line, a column of integer labels among the columns of features.
 */
@NullMarked
package io.github.collapse4j.io.csv;

import org.jspecify.annotations.NullMarked;
