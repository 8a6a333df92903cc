/** Assessment of points: certified gaps, facts and verdicts (docs/theory.md §3–§4, §8). */
@NullMarked
package io.github.collapse4j.certificate;

import org.jspecify.annotations.NullMarked;
