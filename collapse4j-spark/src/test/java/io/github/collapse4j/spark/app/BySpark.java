package io.github.collapse4j.spark.app;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.spark.DatasetPasses;
import io.github.collapse4j.spark.LocalSpark;
import io.github.collapse4j.spark.SampleException;
import io.github.collapse4j.tables.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads tables as {@code spark measure} does. */
final class BySpark {
    private BySpark() {}

    static Samples read(List<Path> files, TableColumns wanted) throws IOException {
        SparkTable table = new SparkTables(LocalSpark.session(), "parquet", Optional.empty())
                .open(files.stream().map(Path::toString).toList(), wanted);
        DatasetPasses passes = table.samples(OptionalInt.empty());
        try {
            // bad rows are errors of a pass
            new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT).mean(passes);
        } catch (SampleException e) {
            throw new InputException(table.name() + ": " + e.getMessage());
        }
        return Samples.of(passes.draw(1), table.notes());
    }
}
