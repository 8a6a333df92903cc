/** Labelled images and folders of data set files. */
@NullMarked
package io.github.collapse4j.io.image;

import org.jspecify.annotations.NullMarked;
