package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.head.LinearHead;
import java.util.Optional;

/**
 * The linear map of one operation.
 *
 * @param head its weights, as {@code K×d}
 * @param bias what it adds
 * @param features the tensor it is applied to
 * @param transposed whether that has a column for each sample
 */
record LinearMap(LinearHead head, Optional<Affine> bias, String features, boolean transposed) {}
