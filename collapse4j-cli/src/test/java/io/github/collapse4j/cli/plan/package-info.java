/** Tests of {@code solve}. */
@NullMarked
package io.github.collapse4j.cli.plan;

import org.jspecify.annotations.NullMarked;
