package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.LinearHead;

/** What lies between the last linear map and the logits, and is linear itself. */
sealed interface LogitStep permits Affine, ClassChoice {
    /**
     * Folds the step into the linear map before it.
     *
     * @throws FormatException if it does not fit the classes of that map
     */
    LinearHead after(LinearHead head, Origin origin) throws FormatException;
}
