package io.github.collapse4j.io.samples;

/** What the type of a column says of its values, whatever a format calls it. */
public enum ColumnKind {
    /** Whole numbers of any width, signed or not. */
    INTEGER,
    /** Other numbers: floating point, decimals, and booleans as 0 and 1. */
    NUMBER,
    /** Lists or vectors of numbers. */
    NUMBERS,
    /** Text. */
    TEXT,
    /** Anything else: dates, times, bytes, structs. */
    OTHER;

    /** {@return whether a value is a single number} */
    public boolean isNumber() {
        return this == INTEGER || this == NUMBER;
    }
}
