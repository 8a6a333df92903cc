package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The rule by which columns that only number or name the rows are told from features, the same for every format. */
public final class IndexColumn {
    /** What pandas calls an index without a name in CSV, in CSV that it has read and written again, and in Parquet. */
    private static final Pattern NAMELESS = Pattern.compile("|Unnamed: \\d+(\\.\\d+)*|__index_level_\\d+__");

    private static final Pattern ROW_NAMES = Pattern.compile(
            "index|idx|id|row|rowid|row[ _.]?names?|row[ _.]?(id|no|num|number)|sample_id|level_\\d+",
            Pattern.CASE_INSENSITIVE);

    /** What may as well be called otherwise, {@code image_id} or {@code Sample No.}, but not {@code class_id}. */
    private static final Pattern PERHAPS_ROW_NAMES = Pattern.compile(
            "(?!(class|label|target|category)[ _.-])[^ _.-]+[ _.-](index|idx|id|no\\.?|nr\\.?)|no\\.?|nr\\.?|#|sample",
            Pattern.CASE_INSENSITIVE);

    /** How many rows of a table are looked at. */
    public static final int ROWS = 100;

    private IndexColumn() {}

    /** {@return whether a program has given this name, because the column had none} */
    public static boolean isNameless(String name) {
        return NAMELESS.matcher(name).matches();
    }

    /** {@return whether a column is called index, idx, id, row, image_id, … in whatever case, or is nameless} */
    public static boolean isIndex(String name) {
        return isNameless(name)
                || ROW_NAMES.matcher(name).matches()
                || PERHAPS_ROW_NAMES.matcher(name).matches();
    }

    /**
     * Judges a column of integers that {@link #isIndex} for its name.
     *
     * @param table what messages call the table
     * @param first its values in the first rows, as many as {@link #ROWS} if there are so many
     * @return whether it numbers the rows: it does if it is nameless, or counts up by 1
     * @throws InputException if it may as well be a feature
     */
    public static boolean numbersRows(String table, String name, long[] first) throws InputException {
        if (isNameless(name) || countsUp(first)) {
            return true;
        }
        if (PERHAPS_ROW_NAMES.matcher(name).matches()
                && !ROW_NAMES.matcher(name).matches()) {
            return false;
        }
        throw new InputException(
                table + ": column " + name + ": expected row numbers that count up by 1, or values that are"
                        + " no integers, found other integers: say with --index-column " + name
                        + " that it is not a feature, or with"
                        + " --index-column none that it is one");
    }

    /** {@return the words in which it is said that a column is left out} */
    public static String note(String table, String column) {
        return table + ": " + column
                + " numbers or names the rows and is not a feature (--index-column none: it is one)";
    }

    private static boolean countsUp(long[] values) {
        return IntStream.range(1, values.length).allMatch(i -> values[i] == values[i - 1] + 1);
    }
}
