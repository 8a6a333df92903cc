/** The application for spark-submit: parsing and printing only. */
@NullMarked
package io.github.collapse4j.spark.app;

import org.jspecify.annotations.NullMarked;
