package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.tables.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads tables as {@code measure} does. */
final class OneMachine {
    private OneMachine() {}

    static Samples read(List<Path> files, TableColumns wanted) throws IOException {
        String names = files.stream().map(Path::toString).collect(Collectors.joining(","));
        List<String> notes = new ArrayList<>();
        return Samples.of(
                new SampleFiles(InputStream.nullInputStream(), notes::add)
                        .open(SampleRequest.of(names, null).withColumns(wanted)),
                notes);
    }
}
