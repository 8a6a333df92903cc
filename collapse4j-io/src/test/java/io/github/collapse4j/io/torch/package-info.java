/** PyTorch files. */
@NullMarked
package io.github.collapse4j.io.torch;

import org.jspecify.annotations.NullMarked;
