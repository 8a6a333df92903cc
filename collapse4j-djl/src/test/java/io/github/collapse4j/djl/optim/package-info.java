@NullMarked
package io.github.collapse4j.djl.optim;

import org.jspecify.annotations.NullMarked;
