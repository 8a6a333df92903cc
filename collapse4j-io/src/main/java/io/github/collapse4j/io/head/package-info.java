/** The last linear map of a model in a file: found by its structure, with what follows it folded in. */
@NullMarked
package io.github.collapse4j.io.head;

import org.jspecify.annotations.NullMarked;
