/**
 * Tests of safetensors files against golden files of the safetensors package: {@code src/test/resources/safetensors}.
 */
@NullMarked
package io.github.collapse4j.io.safetensors;

import org.jspecify.annotations.NullMarked;
