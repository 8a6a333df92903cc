/** Tests of last layers from files: what is read, and what each mix-up is answered with. */
@NullMarked
package io.github.collapse4j.io;

import org.jspecify.annotations.NullMarked;
