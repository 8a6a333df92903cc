/** Neural collapse of any number of labelled features: passes over a source, metrics, one result. */
@NullMarked
package io.github.collapse4j.measure;

import org.jspecify.annotations.NullMarked;
