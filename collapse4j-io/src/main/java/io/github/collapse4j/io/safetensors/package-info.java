/**
 * Hugging Face's safetensors files: 8 bytes with the header's length, the header in JSON, then the tensors' bytes. The
 * header is checked as in the reference implementation: tensors are contiguous, without gap or overlap, up to the end
 * of the file.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">safetensors</a>
 */
@NullMarked
package io.github.collapse4j.io.safetensors;

import org.jspecify.annotations.NullMarked;
