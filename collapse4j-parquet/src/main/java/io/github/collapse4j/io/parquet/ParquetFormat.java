package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.samples.SampleFormat;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.TableShard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Parquet files. Loading this class does not load Parquet's library. */
public final class ParquetFormat implements SampleFormat {
    @Override
    public List<String> suffixes() {
        return List.of(".parquet");
    }

    @Override
    public TableShard open(Path file, TableColumns columns) throws IOException {
        return ParquetShard.open(file, columns);
    }
}
