@NullMarked
package io.github.collapse4j.djl;

import org.jspecify.annotations.NullMarked;
