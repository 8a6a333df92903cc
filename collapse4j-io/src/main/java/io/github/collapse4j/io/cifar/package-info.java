/** The binary format of CIFAR-10 and CIFAR-100. */
@NullMarked
package io.github.collapse4j.io.cifar;

import org.jspecify.annotations.NullMarked;
