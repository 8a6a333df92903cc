/** Tests of last layers from files: values read, and the message for each mix-up. */
@NullMarked
package io.github.collapse4j.io;

import org.jspecify.annotations.NullMarked;
