/** Results as self-contained HTML pages: no mathematics, only the JSON of the results. */
@NullMarked
package io.github.collapse4j.report;

import org.jspecify.annotations.NullMarked;
