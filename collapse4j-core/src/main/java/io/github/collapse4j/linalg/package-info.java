/** Dense linear algebra behind one class, native where that pays. */
@NullMarked
package io.github.collapse4j.linalg;

import org.jspecify.annotations.NullMarked;
