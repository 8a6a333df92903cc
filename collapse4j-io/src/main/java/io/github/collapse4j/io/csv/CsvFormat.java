package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.samples.SampleFormat;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.TableShard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Text with fields separated by commas, tabs, semicolons or single spaces. Compression is recognised by the first
 * bytes, not by the name.
 */
public final class CsvFormat implements SampleFormat {
    /** Only gzip is supported; the others are listed to be refused by name. */
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
