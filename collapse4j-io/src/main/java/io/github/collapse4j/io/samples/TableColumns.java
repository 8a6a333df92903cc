package io.github.collapse4j.io.samples;

/**
 * How the columns of tables are named.
 *
 * @param features the column of lists with the features; where there is none of that name, all columns but the label's
 *     are features
 * @param label the column of integers with the class; in a CSV file the last column if there is none of that name
 */
public record TableColumns(String features, String label) {
    /** {@code features} and {@code label}. */
    public static TableColumns usual() {
        return new TableColumns("features", "label");
    }
}
