/** DJL optimisers with a penalty per parameter and a state that can be saved. */
@NullMarked
package io.github.collapse4j.djl.optim;

import org.jspecify.annotations.NullMarked;
