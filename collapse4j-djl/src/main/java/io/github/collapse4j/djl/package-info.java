/** Neural collapse in networks of DJL: the tap for features, heads, losses and the listener that measures. */
@NullMarked
package io.github.collapse4j.djl;

import org.jspecify.annotations.NullMarked;
