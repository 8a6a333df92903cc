package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.tables.ColumnRoleContract;
import io.github.collapse4j.tables.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** On one machine. */
class ParquetColumnRolesTest extends ColumnRoleContract {
    @Override
    protected Samples readFiles(List<Path> files, TableColumns wanted) throws IOException {
        return OneMachine.read(files, wanted);
    }
}
