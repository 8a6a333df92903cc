/** Files that are either whole or not there. */
@NullMarked
package io.github.collapse4j.io.file;

import org.jspecify.annotations.NullMarked;
