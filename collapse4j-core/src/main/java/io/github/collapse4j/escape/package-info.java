/** How optimisers leave saddles and how fast they arrive (docs/theory.md §4), measured against what the spectrum predicts. */
@NullMarked
package io.github.collapse4j.escape;

import org.jspecify.annotations.NullMarked;
