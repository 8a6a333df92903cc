/** Tests. */
@NullMarked
package io.github.collapse4j.io.array;

import org.jspecify.annotations.NullMarked;
