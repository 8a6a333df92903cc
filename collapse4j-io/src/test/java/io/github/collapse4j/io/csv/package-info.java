/** Tests. */
@NullMarked
package io.github.collapse4j.io.csv;

import org.jspecify.annotations.NullMarked;
