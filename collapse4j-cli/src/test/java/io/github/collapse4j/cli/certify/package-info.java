/** Tests of {@code certify} and {@code compress}. */
@NullMarked
package io.github.collapse4j.cli.certify;

import org.jspecify.annotations.NullMarked;
