/** Commands for the first steps: a sample to try the others on, shell completion, and what to cite. */
@NullMarked
package io.github.collapse4j.cli.start;

import org.jspecify.annotations.NullMarked;
