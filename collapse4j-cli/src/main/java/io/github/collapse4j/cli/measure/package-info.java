/** {@code measure}: neural-collapse metrics of features. */
@NullMarked
package io.github.collapse4j.cli.measure;

import org.jspecify.annotations.NullMarked;
