/** Tests of event files. */
@NullMarked
package io.github.collapse4j.io.tensorboard;

import org.jspecify.annotations.NullMarked;
