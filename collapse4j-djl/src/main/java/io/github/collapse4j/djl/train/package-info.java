/** Recipes: from images to a measured last layer, in epochs that can be interrupted. */
@NullMarked
package io.github.collapse4j.djl.train;

import org.jspecify.annotations.NullMarked;
