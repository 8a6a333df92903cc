/** What the last layer will strive for, from class counts alone, before any training (docs/theory.md §12). */
@NullMarked
package io.github.collapse4j.plan;

import org.jspecify.annotations.NullMarked;
