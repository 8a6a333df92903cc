package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.tables.ColumnTypeContract;
import io.github.collapse4j.tables.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** On one machine. */
@Tag("heavy")
class ParquetColumnTypesTest extends ColumnTypeContract {
    @Override
    protected Samples readFiles(List<Path> files, TableColumns wanted) throws IOException {
        return OneMachine.read(files, wanted);
    }

    @Override
    protected boolean opens(boolean isSpark) {
        return true;
    }
}
