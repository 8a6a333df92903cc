/** {@code certify} and {@code compress}: whether a last layer is optimal, and how small it can be. */
@NullMarked
package io.github.collapse4j.cli.certify;

import org.jspecify.annotations.NullMarked;
