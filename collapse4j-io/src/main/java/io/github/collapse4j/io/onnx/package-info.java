/**
 * ONNX models: as much of them as is needed to find the last linear map, its weights, and the tensors before and after
 * it. Nothing is executed.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
@NullMarked
package io.github.collapse4j.io.onnx;

import org.jspecify.annotations.NullMarked;
