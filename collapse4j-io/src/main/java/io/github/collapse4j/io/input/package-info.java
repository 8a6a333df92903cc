/**
 * Inputs of a model, sample by sample: ready arrays, files of the MNIST and CIFAR families, folders of pictures. Every
 * sample can be read at any time by any thread, so that memory depends on the batch alone.
 */
@NullMarked
package io.github.collapse4j.io.input;

import org.jspecify.annotations.NullMarked;
