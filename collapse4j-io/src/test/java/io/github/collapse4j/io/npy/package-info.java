/** Tests of NumPy's files against golden files that NumPy wrote: {@code src/test/resources/npy}. */
@NullMarked
package io.github.collapse4j.io.npy;

import org.jspecify.annotations.NullMarked;
