/** Last layers from files: every complaint is one line that names file, field, and expected against actual. */
@NullMarked
package io.github.collapse4j.io;

import org.jspecify.annotations.NullMarked;
