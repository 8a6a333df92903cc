@NullMarked
package io.github.collapse4j.cli.start;

import org.jspecify.annotations.NullMarked;
