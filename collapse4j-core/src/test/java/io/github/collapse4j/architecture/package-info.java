/** What may know what. */
@NullMarked
package io.github.collapse4j.architecture;

import org.jspecify.annotations.NullMarked;
