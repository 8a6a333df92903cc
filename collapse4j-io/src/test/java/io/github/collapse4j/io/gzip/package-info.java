/** Tests of compressed files. */
@NullMarked
package io.github.collapse4j.io.gzip;

import org.jspecify.annotations.NullMarked;
