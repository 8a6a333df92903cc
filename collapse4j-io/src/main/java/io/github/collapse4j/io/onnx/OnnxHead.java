package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.head.LinearHead;
import java.util.List;

/**
 * The last linear map of a model, and the tensors around it: logits = W h + b for each sample's features h.
 *
 * @param linear W, {@code K×d}, and b, with the constant scales and shifts between the linear map and the logits
 * @param features name of the tensor of features h, the input of the linear map: N×d up to dimensions of length 1, or
 *     d×N if {@code transposed}; usually no output of the model
 * @param transposed whether {@code features} has a column for each sample
 * @param logits name of the tensor of logits, before a softmax: N×K up to dimensions of length 1
 * @param inputs the inputs of the model, without its parameters
 */
public record OnnxHead(LinearHead linear, String features, boolean transposed, String logits, List<OnnxInput> inputs) {
    /** Copies the inputs. */
    public OnnxHead {
        inputs = List.copyOf(inputs);
    }
}
