/**
 * Hugging Face's safetensors files: 8 bytes with the length of a header, the header in JSON, then the tensors' bytes. The
 * header is checked as the reference implementation does: tensors lie one behind the other, without gap or overlap, to
 * the end of the file.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">safetensors</a>
 */
@NullMarked
package io.github.collapse4j.io.safetensors;

import org.jspecify.annotations.NullMarked;
