package io.github.collapse4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors in a table are one line: the column, what was expected, what was found. */
@EnabledForJreRange(maxVersion = LocalSpark.NEWEST_JAVA)
@Tag("heavy")
class BadColumnsTest {
    private static final String GOOD = "array(1.5D, 2.5D) as features, 0 as label, 1D as weight";

    private static Dataset<Row> row(String columns) {
        return LocalSpark.session().sql("select " + columns);
    }

    private static String errorLine(Dataset<Row> data) {
        SampleColumns columns = SampleColumns.of("features", "label").withWeight("weight");
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                        .measure(
                                DatasetPasses.of(data, columns, OptionalInt.of(2)),
                                Optional.empty(),
                                Optional.empty()));
        return String.valueOf(thrown.getMessage());
    }

    @Test
    void missingColumnListsTheSchema() {
        assertEquals(
                "column label: expected whole numbers, found no such column; the columns are features array<double>,"
                        + " y int, weight double",
                errorLine(row("array(1.5D) as features, 0 as y, 1D as weight")));
    }

    @Test
    void mistypedColumnListsTheSchema() {
        assertEquals(
                "column features: expected an array of numbers or an ML vector, found array<string>;"
                        + " the columns are features array<string>, label int, weight double",
                errorLine(row("array('a') as features, 0 as label, 1D as weight")));
        assertEquals(
                "column label: expected whole numbers, found string; the columns are features array<double>,"
                        + " label string, weight double",
                errorLine(row("array(1.5D) as features, 'cat' as label, 1D as weight")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "array(1D) as features, 0 as label, 1D as weight"
                        + "| column features: expected 2 features as in other rows, found 1",
                "array(1D, null) as features, 0 as label, 1D as weight"
                        + "| column features: feature 1: expected a number, found null",
                "array(1D, double('NaN')) as features, 0 as label, 1D as weight"
                        + "| column features: feature 1: expected a finite number, found NaN",
                "cast(null as array<double>) as features, 0 as label, 1D as weight"
                        + "| column features: expected 2 features, found null",
                "array(1D, 2D) as features, 2 as label, 1D as weight"
                        + "| column label: expected a label of 0 to 1, found 2",
                "array(1D, 2D) as features, cast(null as int) as label, 1D as weight"
                        + "| column label: expected a label of 0 to 1, found none",
                "array(1D, 2D) as features, 0.5D as label, 1D as weight"
                        + "| column label: expected a label of 0 to 1, found 0.5",
                "array(1D, 2D) as features, 0 as label, -1D as weight"
                        + "| column weight: expected a finite weight of at least 0, found -1.0"
            })
    void badRowIsNamed(String columns, String expected) {
        Dataset<Row> data = row(GOOD).union(row(columns)).coalesce(1);
        assertEquals("partition 0, row 1, " + expected, errorLine(data));
    }

    @Test
    void theFirstOfSeveralBadPartitionsIsNamed() {
        Dataset<Row> data = row(GOOD);
        for (int i = 0; i < 30; i++) {
            data = data.union(row("array(1D, 2D) as features, " + (i < 11 ? 0 : i) + " as label, 1D as weight"));
        }
        assertEquals("partition 12, row 0, column label: expected a label of 0 to 1, found 11", errorLine(data));
    }

    @Test
    void noRows() {
        assertEquals(
                "features: expected at least one sample, found none",
                errorLine(row(GOOD).where("label > 0")));
    }

    @Test
    void singleColumnsAreNamed() {
        SampleColumns columns = SampleColumns.of(List.of("a", "b"), "label");
        Dataset<Row> data = row("1.5D as a, cast(null as int) as b, 0 as label");
        assertEquals(
                "partition 0, row 0, column b: expected a number, found null",
                assertThrows(SampleException.class, () -> moments(data, columns))
                        .getMessage());
        Dataset<Row> text = row("1.5D as a, 'x' as b, 0 as label");
        assertEquals(
                "column b: expected numbers, found string; the columns are a double, b string, label int",
                assertThrows(ColumnException.class, () -> moments(text, columns))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | column label: expected 0 or more, found -1",
                "1.5D | column label: expected an integer label, found 1.5",
                "double('NaN') | column label: expected an integer label, found NaN",
                "2000000000 | column label: expected labels below 1048576 unless the number of classes is given, found 2000000000",
                "cast(null as int) | column label: expected at least one label to infer the number of classes, found none",
            })
    void labelsWithoutANumberOfClasses(String label, String expected) {
        Dataset<Row> data = row("array(1D) as features, " + label + " as label");
        assertEquals(
                expected,
                assertThrows(
                                SampleException.class,
                                () -> DatasetPasses.of(
                                        data, SampleColumns.of("features", "label"), OptionalInt.empty()))
                        .getMessage());
    }

    private static void moments(Dataset<Row> data, SampleColumns columns) {
        new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                .mean(DatasetPasses.of(data, columns, OptionalInt.of(2)));
    }
}
