/** Tests. */
@NullMarked
package io.github.collapse4j.io.input;

import org.jspecify.annotations.NullMarked;
