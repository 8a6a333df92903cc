/** Models written by other programs, and two made by others, run by ONNX Runtime. */
@NullMarked
package io.github.collapse4j.onnx;

import org.jspecify.annotations.NullMarked;
