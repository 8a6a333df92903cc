/** Neural collapse in DJL networks: feature tap, heads, losses and the measuring listener. */
@NullMarked
package io.github.collapse4j.djl;

import org.jspecify.annotations.NullMarked;
