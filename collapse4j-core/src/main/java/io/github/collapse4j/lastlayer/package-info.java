/** The last layer of a trained network as a point of the model (docs/theory.md §8). */
@NullMarked
package io.github.collapse4j.lastlayer;

import org.jspecify.annotations.NullMarked;
