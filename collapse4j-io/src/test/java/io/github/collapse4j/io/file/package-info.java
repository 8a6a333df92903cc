/** Tests of files that are either complete or absent. */
@NullMarked
package io.github.collapse4j.io.file;

import org.jspecify.annotations.NullMarked;
