package io.github.collapse4j.spark.app;

import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.spark.LocalSpark;
import io.github.collapse4j.tables.ColumnTypeContract;
import io.github.collapse4j.tables.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** By Spark. */
@EnabledForJreRange(maxVersion = LocalSpark.NEWEST_JAVA)
@Tag("heavy")
class SparkColumnTypesTest extends ColumnTypeContract {
    @Override
    protected Samples readFiles(List<Path> files, TableColumns wanted) throws IOException {
        return BySpark.read(files, wanted);
    }

    @Override
    protected boolean opens(boolean isSpark) {
        return isSpark;
    }
}
