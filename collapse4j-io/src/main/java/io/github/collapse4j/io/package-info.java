/**
 * Last layers from files. Every error message is one line that names file, field, what was expected and what was found.
 */
@NullMarked
package io.github.collapse4j.io;

import org.jspecify.annotations.NullMarked;
