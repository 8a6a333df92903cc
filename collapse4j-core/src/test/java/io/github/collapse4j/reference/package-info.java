/** Agreement with numbers computed by other software (src/test/resources/reference). */
@NullMarked
package io.github.collapse4j.reference;

import org.jspecify.annotations.NullMarked;
