/** Global minima: closed forms, class symmetry, and a Newton method on the convex twin (docs/theory.md §5–§6). */
@NullMarked
package io.github.collapse4j.solve;

import org.jspecify.annotations.NullMarked;
