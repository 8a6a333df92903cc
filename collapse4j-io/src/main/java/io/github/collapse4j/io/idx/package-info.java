/** The IDX format of the MNIST family. */
@NullMarked
package io.github.collapse4j.io.idx;

import org.jspecify.annotations.NullMarked;
