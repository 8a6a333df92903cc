package io.github.collapse4j.io.samples;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.samples.contract.SampleSourceContract;
import io.github.collapse4j.io.samples.contract.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Features and labels as two tensors of one file. */
class SafetensorsSamplesTest extends SampleSourceContract {
    @Override
    protected SampleSource source(List<Table> parts, OptionalInt classes) throws IOException {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            files.add(directory.resolve("s" + i + ".safetensors").toString());
            Files.write(directory.resolve("s" + i + ".safetensors"), bytes(parts.get(i)));
        }
        return new SampleFiles(InputStream.nullInputStream())
                .open(new SampleRequest(
                        String.join(",", files),
                        files.stream()
                                .map(file -> file + ":y")
                                .reduce((a, b) -> a + "," + b)
                                .orElseThrow(),
                        classes,
                        TableColumns.usual()));
    }

    private static byte[] bytes(Table table) {
        int labelBytes = table.samples() * Integer.BYTES;
        int end = labelBytes + table.features().length * Float.BYTES;
        byte[] header = ("{\"h\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]},"
                        + "\"y\":{\"dtype\":\"I32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}")
                .formatted(table.samples(), table.dimension(), labelBytes, end, table.samples(), labelBytes)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + end).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        for (long label : table.labels()) {
            bytes.putInt((int) label);
        }
        for (double feature : table.features()) {
            bytes.putFloat((float) feature);
        }
        return bytes.array();
    }

    @Override
    protected String featurePosition(int sample, int column) {
        return "s0.safetensors!h: row " + sample + ", column " + column;
    }

    @Override
    protected String labelPosition(int sample) {
        return "s0.safetensors!y: label " + sample;
    }
}
