/** Runs a trained classifier on its inputs and writes features, labels and last layer. Engines are services. */
@NullMarked
package io.github.collapse4j.io.extract;

import org.jspecify.annotations.NullMarked;
