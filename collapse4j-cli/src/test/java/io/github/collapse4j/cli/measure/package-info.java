/** Tests of {@code measure}. */
@NullMarked
package io.github.collapse4j.cli.measure;

import org.jspecify.annotations.NullMarked;
