/** {@code plan}: what a training will strive for, from class counts alone. */
@NullMarked
package io.github.collapse4j.cli.plan;

import org.jspecify.annotations.NullMarked;
