package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;

/** Reads selected columns of a file's row groups in order. */
final class RowGroups implements Closeable {
    private final String file;
    private final ParquetFileReader reader;
    private final ParquetColumns columns;
    private final Set<ColumnPath> wanted = new HashSet<>();
    private final MessageType schema;
    private int next;

    /** Starts at the first row group. */
    RowGroups(Path path, ParquetColumns columns) throws IOException {
        List<ColumnDescriptor> wanted = columns.all();
        this.file = path.toString();
        this.columns = columns;
        this.reader = Library.open(path);
        this.schema = Library.guarded(file, "schema", () -> {
            reader.setRequestedSchema(wanted);
            return reader.getFileMetaData().getSchema();
        });
        wanted.forEach(column -> this.wanted.add(ColumnPath.get(column.getPath())));
    }

    /** {@return the next non-empty row group, with its pages in memory; empty at the end} */
    Optional<RowGroup> next() throws IOException {
        while (next < reader.getRowGroups().size()) {
            BlockMetaData block = reader.getRowGroups().get(next);
            String name = file + ": row group " + next;
            checkSize(block, name);
            next++;
            Optional<RowGroup> group = Library.guarded(file, "row group " + (next - 1), () -> read(block, name));
            if (group.isPresent()) {
                return group;
            }
        }
        return Optional.empty();
    }

    private Optional<RowGroup> read(BlockMetaData block, String name) throws IOException {
        if (block.getRowCount() <= 0) {
            reader.skipNextRowGroup();
            return Optional.empty();
        }
        PageReadStore pages = reader.readNextRowGroup();
        return Optional.of(new RowGroup(
                name, columns, pages, schema, reader.getFileMetaData().getCreatedBy()));
    }

    private void checkSize(BlockMetaData block, String name) throws InputException {
        long bytes = 0;
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            if (wanted.contains(chunk.getPath())) {
                bytes += Math.max(0, chunk.getTotalSize());
            }
        }
        long most = Runtime.getRuntime().maxMemory() / 2;
        if (bytes < 0 || bytes > most) {
            throw new InputException(name + ": expected at most " + most + " bytes to hold in memory (half of -Xmx),"
                    + " found " + bytes + "; write smaller row groups");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
