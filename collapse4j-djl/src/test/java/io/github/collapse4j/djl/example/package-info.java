@NullMarked
package io.github.collapse4j.djl.example;

import org.jspecify.annotations.NullMarked;
