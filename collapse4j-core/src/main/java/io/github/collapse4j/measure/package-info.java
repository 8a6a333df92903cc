/** Neural collapse of labelled features of any number: passes over a source, metrics, one result. */
@NullMarked
package io.github.collapse4j.measure;

import org.jspecify.annotations.NullMarked;
