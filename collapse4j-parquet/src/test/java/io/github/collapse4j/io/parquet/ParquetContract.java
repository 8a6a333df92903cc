package io.github.collapse4j.io.parquet;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.contract.SampleSourceContract;
import io.github.collapse4j.io.samples.contract.Table;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/** Files with one row group. */
abstract class ParquetContract extends SampleSourceContract {
    abstract MessageType schema(int dimension);

    abstract void putFeature(Group group, int column, float value);

    @Override
    protected SampleSource source(List<Table> parts, OptionalInt classes) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            write("p" + (i + 9) + ".parquet", parts.get(i));
        }
        return new SampleFiles(InputStream.nullInputStream())
                .open(new SampleRequest(directory + "/p*.parquet", /* labels= */ null, classes, TableColumns.usual()));
    }

    private void write(String name, Table table) throws IOException {
        MessageType schema = schema(table.dimension());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(directory.resolve(name)))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build()) {
            for (int i = 0; i < table.samples(); i++) {
                Group group = new SimpleGroup(schema);
                for (int j = 0; j < table.dimension(); j++) {
                    putFeature(group, j, (float) table.features()[i * table.dimension() + j]);
                }
                group.add("label", table.labels()[i]);
                writer.write(group);
            }
        }
    }

    @Override
    protected String labelPosition(int sample) {
        return "p9.parquet: row group 0, row " + sample + ", column label";
    }
}
