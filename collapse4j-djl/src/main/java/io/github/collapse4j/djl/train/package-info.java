/** Training recipes: from images to a measured last layer, resumable after every epoch. */
@NullMarked
package io.github.collapse4j.djl.train;

import org.jspecify.annotations.NullMarked;
