package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** Recognises and opens tables, which hold labels along with features, as opposed to arrays. */
final class Tables {
    private Tables() {}

    /** {@return the format of a table, empty if the file name is that of an array} */
    static Optional<SampleFormat> format(String location) {
        String name = location.toLowerCase(Locale.ROOT);
        for (SampleFormat format : ServiceLoader.load(SampleFormat.class, Tables.class.getClassLoader())) {
            if (format.suffixes().stream().anyMatch(name::endsWith)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * Opens tables with the same column names; features are in the order of the first table, or of {@code matched}.
     *
     * @param matched schema of tables already open that these must match
     */
    static List<TableShard> open(List<String> locations, TableColumns columns, Optional<TableSchema> matched)
            throws IOException {
        List<TableShard> shards = new ArrayList<>();
        Optional<TableSchema> schema = matched;
        for (String location : locations) {
            TableShard shard = open(location, schema.isPresent() ? schema.get().columns(columns) : columns);
            shards.add(schema.isPresent() ? schema.get().align(shard) : shard);
            schema = Optional.of(schema.orElseGet(() -> TableSchema.of(shard)));
        }
        return shards;
    }

    private static TableShard open(String location, TableColumns columns) throws IOException {
        SampleFormat format = format(location)
                .orElseThrow(() ->
                        new InputException(location + ": expected a table, as the other files are, found an array"));
        try {
            return format.open(FileName.path(location), columns);
        } catch (NoSuchFileException e) {
            throw new InputException(location + ": no such file");
        }
    }
}
