/** Test support that depends on no other module: tolerances, contract suites, seeded generators, golden files. */
@NullMarked
package io.github.collapse4j.testkit;

import org.jspecify.annotations.NullMarked;
