/** Hunts that survive being killed. */
@NullMarked
package io.github.collapse4j.io.hunt;

import org.jspecify.annotations.NullMarked;
