package io.github.collapse4j.io.parquet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.samples.contract.Table;
import java.util.List;
import java.util.OptionalInt;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Features as a list. */
class ParquetListSamplesTest extends ParquetContract {
    @Override
    MessageType schema(int dimension) {
        return MessageTypeParser.parseMessageType(
                "message table { optional group features (LIST) { repeated group list {"
                        + " optional float element; } } required int64 label; }");
    }

    @Override
    void putFeature(Group group, int column, float value) {
        Group list = column == 0 ? group.addGroup("features") : group.getGroup("features", 0);
        list.addGroup("list").add("element", value);
    }

    @Override
    protected String featurePosition(int sample, int column) {
        return "p9.parquet: row group 0, row " + sample + ", column features[" + column + "]";
    }

    /** The length of a list is in the data, not in the schema. */
    @Test
    @Override
    protected void hasNothingToReadInAnEmptyFile() {
        String message = refusal(() -> source(List.of(new Table(3, new double[0], new long[0])), OptionalInt.of(2)));
        assertTrue(message.contains("expected at least one sample to infer the number of features"), message);
    }

    /** Hence there are no empty shards either. */
    @Override
    protected boolean allowsEmptyShards() {
        return false;
    }
}
