/** ONNX models. */
@NullMarked
package io.github.collapse4j.io.onnx;

import org.jspecify.annotations.NullMarked;
