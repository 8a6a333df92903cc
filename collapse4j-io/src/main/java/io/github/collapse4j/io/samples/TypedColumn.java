package io.github.collapse4j.io.samples;

/**
 * A column of a table whose columns have types.
 *
 * @param name as the table has it
 * @param kind what the values are
 * @param type what the format calls the type, for messages
 */
public record TypedColumn(String name, ColumnKind kind, String type) {
    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
