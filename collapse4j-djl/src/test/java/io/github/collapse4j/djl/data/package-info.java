@NullMarked
package io.github.collapse4j.djl.data;

import org.jspecify.annotations.NullMarked;
