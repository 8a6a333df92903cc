package io.github.collapse4j.io.proof;

import java.util.List;
import java.util.Map;

/** The values that a proof file can have: there are no fractions, no truth values and no null. */
sealed interface Json {
    /** Members in the order of the file; no name appears twice. */
    record Members(Map<String, Json> values) implements Json {}

    record Items(List<Json> values) implements Json {}

    record Text(String value) implements Json {}

    /** From 0 to 999999999. */
    record Whole(int value) implements Json {}
}
