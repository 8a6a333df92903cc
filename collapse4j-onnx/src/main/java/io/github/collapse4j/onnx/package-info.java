/** ONNX models, run by ONNX Runtime. */
@NullMarked
package io.github.collapse4j.onnx;

import org.jspecify.annotations.NullMarked;
