package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.samples.SampleFormat;
import io.github.collapse4j.io.samples.TableShard;
import io.github.collapse4j.io.samples.TableColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Text with commas, tabs, semicolons or single spaces between its fields. Whether it is compressed, its first bytes tell and not its name. */
public final class CsvFormat implements SampleFormat {
    /** Only gzip is read; the others are refused by their own names. */
    private static final List<String> COMPRESSED = List.of("", ".gz", ".bz2", ".xz", ".zst", ".zip");

    @Override
    public List<String> suffixes() {
        return Stream.of(".csv", ".tsv")
                .flatMap(text -> COMPRESSED.stream().map(text::concat))
                .toList();
    }

    @Override
    public TableShard open(Path file, TableColumns columns) throws IOException {
        return CsvShard.open(file, columns);
    }
}
