package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.samples.SampleFormat;
import io.github.collapse4j.io.samples.SampleShard;
import io.github.collapse4j.io.samples.TableColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Text with commas or tabs. Whether it is compressed, its first bytes tell and not its name. */
public final class CsvFormat implements SampleFormat {
    @Override
    public List<String> suffixes() {
        return List.of(".csv", ".csv.gz", ".tsv", ".tsv.gz");
    }

    @Override
    public SampleShard open(Path file, TableColumns columns) throws IOException {
        boolean tabs = file.toString().toLowerCase(Locale.ROOT).matches(".*\\.tsv(\\.gz)?");
        return CsvShard.open(file, tabs ? '\t' : ',', columns);
    }
}
