package io.github.collapse4j.io.samples;

/**
 * A column of a typed table.
 *
 * @param name its name in the table
 * @param kind kind of the values
 * @param type the format's name of the type, for messages
 */
public record TypedColumn(String name, ColumnKind kind, String type) {
    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
