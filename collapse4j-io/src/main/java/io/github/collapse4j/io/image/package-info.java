/** Labelled images as training sets have them, and folders of their files. */
@NullMarked
package io.github.collapse4j.io.image;

import org.jspecify.annotations.NullMarked;
