/** Tests against golden files that pyarrow wrote: {@code src/test/resources/parquet}. */
@NullMarked
package io.github.collapse4j.io.parquet;

import org.jspecify.annotations.NullMarked;
