/** Event files that TensorBoard reads. */
@NullMarked
package io.github.collapse4j.io.tensorboard;

import org.jspecify.annotations.NullMarked;
