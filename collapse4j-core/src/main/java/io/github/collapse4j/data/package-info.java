/** Where samples come from, as the mathematics sees it: no files here. */
@NullMarked
package io.github.collapse4j.data;

import org.jspecify.annotations.NullMarked;
