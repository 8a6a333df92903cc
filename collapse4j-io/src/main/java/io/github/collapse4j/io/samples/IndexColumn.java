package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The rule that distinguishes columns that merely number or name the rows from features, the same for every format. */
public final class IndexColumn {
    /** Pandas' names for an unnamed index in CSV, in CSV that it has read and rewritten, and in Parquet. */
    private static final Pattern UNNAMED = Pattern.compile("|Unnamed: \\d+(\\.\\d+)*|__index_level_\\d+__");

    private static final Pattern ROW_NAMES = Pattern.compile(
            "index|idx|id|row|rowid|row[ _.]?names?|row[ _.]?(id|no|num|number)|sample_id|level_\\d+",
            Pattern.CASE_INSENSITIVE);

    /** Names of probable row identifiers, such as {@code image_id} or {@code Sample No.}, but not {@code class_id}. */
    private static final Pattern PROBABLE_ROW_NAMES = Pattern.compile(
            "(?!(class|label|target|category)[ _.-])[^ _.-]+[ _.-](index|idx|id|no\\.?|nr\\.?)|no\\.?|nr\\.?|#|sample",
            Pattern.CASE_INSENSITIVE);

    /** Number of rows inspected. */
    public static final int ROWS = 100;

    private IndexColumn() {}

    /** {@return whether this is a name that programs give to unnamed columns} */
    public static boolean isUnnamed(String name) {
        return UNNAMED.matcher(name).matches();
    }

    /** {@return whether a column is named index, idx, id, row, image_id, … in any case, or is unnamed} */
    public static boolean isIndex(String name) {
        return isUnnamed(name)
                || ROW_NAMES.matcher(name).matches()
                || PROBABLE_ROW_NAMES.matcher(name).matches();
    }

    /**
     * Decides about a column of integers whose name satisfies {@link #isIndex}.
     *
     * @param table name of the table in messages
     * @param first its values in the first {@link #ROWS} rows, or in all if there are fewer
     * @return whether it numbers the rows: it does if it is unnamed or counts up by 1
     * @throws InputException if it could also be a feature
     */
    public static boolean numbersRows(String table, String name, long[] first) throws InputException {
        if (isUnnamed(name) || countsUp(first)) {
            return true;
        }
        if (PROBABLE_ROW_NAMES.matcher(name).matches()
                && !ROW_NAMES.matcher(name).matches()) {
            return false;
        }
        throw new InputException(
                table + ": column " + name + ": expected row numbers that count up by 1, or values that are"
                        + " not integers, found other integers: --index-column " + name
                        + " leaves it out,"
                        + " --index-column none makes it a feature");
    }

    /** {@return the note that a column is left out} */
    public static String note(String table, String column) {
        return table + ": " + column
                + " numbers or names the rows and is not a feature (--index-column none makes it one)";
    }

    private static boolean countsUp(long[] values) {
        return IntStream.range(1, values.length).allMatch(i -> values[i] == values[i - 1] + 1);
    }
}
