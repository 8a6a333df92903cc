package io.github.collapse4j.io.parquet;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.MessageTypeBuilder;

/** One column per feature. */
class ParquetColumnSamplesTest extends ParquetContract {
    @Override
    MessageType schema(int dimension) {
        MessageTypeBuilder builder = Types.buildMessage();
        builder.required(PrimitiveTypeName.INT64).named("label");
        for (int j = 0; j < dimension; j++) {
            builder.optional(PrimitiveTypeName.FLOAT).named("h" + j);
        }
        return builder.named("table");
    }

    @Override
    void putFeature(Group group, int column, float value) {
        group.add("h" + column, value);
    }

    @Override
    protected String featurePosition(int sample, int column) {
        return "p9.parquet: row group 0, row " + sample + ", column h" + column;
    }
}
