/** Test support that knows no other module: tolerances, contract suites, seeded generators, golden numbers. */
@NullMarked
package io.github.collapse4j.testkit;

import org.jspecify.annotations.NullMarked;
