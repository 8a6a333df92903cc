/** The landscape of one model in one piece: atlas, spectra, escapes, collapse and hunt. */
@NullMarked
package io.github.collapse4j.study;

import org.jspecify.annotations.NullMarked;
