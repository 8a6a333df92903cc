/** Members of ZIP archives, where they are in the file. */
@NullMarked
package io.github.collapse4j.io.zip;

import org.jspecify.annotations.NullMarked;
