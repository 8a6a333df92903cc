/**
 * Files of PyTorch's {@code torch.save}, zipped or not. Their pickles are interpreted by a machine that knows tensors,
 * containers and numbers, and calls nothing: any other class or function is refused by its name.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/main/torch/serialization.py">torch/serialization.py</a>
 */
@NullMarked
package io.github.collapse4j.io.torch;

import org.jspecify.annotations.NullMarked;
