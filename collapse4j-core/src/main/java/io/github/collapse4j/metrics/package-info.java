/** Neural-collapse metrics (docs/theory.md §9). */
@NullMarked
package io.github.collapse4j.metrics;

import org.jspecify.annotations.NullMarked;
