@NullMarked
package io.github.collapse4j.io.cifar;

import org.jspecify.annotations.NullMarked;
