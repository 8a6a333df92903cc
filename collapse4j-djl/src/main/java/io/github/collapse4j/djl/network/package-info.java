/** Networks with a configurable feature dimension. */
@NullMarked
package io.github.collapse4j.djl.network;

import org.jspecify.annotations.NullMarked;
