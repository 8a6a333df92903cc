package io.github.collapse4j.io.samples;

/** The kind of values in a column, independent of the format's type names. */
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
