package io.github.collapse4j.onnx;

import io.github.collapse4j.linalg.Matrix;
import java.util.Optional;

/**
 * The last linear map of a model.
 *
 * @param features the name of its input
 * @param logits the name of its output
 * @param weights W, {@code K×d}
 * @param bias b, K entries, if there is one
 * @param text which tensors these are, for people
 */
record Head(String features, String logits, Matrix weights, Optional<double[]> bias, String text) {}
