/** Tests. */
@NullMarked
package io.github.collapse4j.io.extract;

import org.jspecify.annotations.NullMarked;
