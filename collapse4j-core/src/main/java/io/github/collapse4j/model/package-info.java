/** The unconstrained feature model: problems, losses, points, objective and derivatives (docs/theory.md §1–§2). */
@NullMarked
package io.github.collapse4j.model;

import org.jspecify.annotations.NullMarked;
