/** Rules for dependencies between packages. */
@NullMarked
package io.github.collapse4j.architecture;

import org.jspecify.annotations.NullMarked;
