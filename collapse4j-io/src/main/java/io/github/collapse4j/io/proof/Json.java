package io.github.collapse4j.io.proof;

import java.util.List;
import java.util.Map;

/** The JSON values of a proof file: no fractions, booleans or nulls. */
sealed interface Json {
    /** Members in the order of the file, with distinct names. */
    record Members(Map<String, Json> values) implements Json {}

    record Items(List<Json> values) implements Json {}

    record Text(String value) implements Json {}

    /** From 0 to 999999999. */
    record Whole(int value) implements Json {}
}
