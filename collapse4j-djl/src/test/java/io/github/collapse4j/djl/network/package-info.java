@NullMarked
package io.github.collapse4j.djl.network;

import org.jspecify.annotations.NullMarked;
