/** {@code certify} and {@code compress}: what a last layer is, and how small it can be. */
@NullMarked
package io.github.collapse4j.cli.certify;

import org.jspecify.annotations.NullMarked;
