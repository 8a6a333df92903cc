@NullMarked
package io.github.collapse4j.io.idx;

import org.jspecify.annotations.NullMarked;
