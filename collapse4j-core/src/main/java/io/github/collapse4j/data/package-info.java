/** Interfaces for sources of samples; no file access here. */
@NullMarked
package io.github.collapse4j.data;

import org.jspecify.annotations.NullMarked;
