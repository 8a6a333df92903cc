/** Tests. */
@NullMarked
package io.github.collapse4j.io.samples;

import org.jspecify.annotations.NullMarked;
