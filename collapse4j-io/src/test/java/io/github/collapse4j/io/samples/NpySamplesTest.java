package io.github.collapse4j.io.samples;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.samples.contract.SampleSourceContract;
import io.github.collapse4j.io.samples.contract.Table;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;

/** Feature files, each with its own label file. */
class NpySamplesTest extends SampleSourceContract {
    @Override
    protected SampleSource source(List<Table> parts, OptionalInt classes) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            Table part = parts.get(i);
            new NpyWriter(NpyWriter.Type.FLOAT32)
                    .writeMatrix(
                            directory.resolve("f" + (i + 9) + ".npy"),
                            part.features(),
                            part.samples(),
                            part.dimension(),
                            NpyWriter.Layout.ROW_MAJOR);
            NpyWriter.writeLabels(directory.resolve("y" + (i + 9) + ".npy"), part.labels());
        }
        return new SampleFiles(InputStream.nullInputStream())
                .open(new SampleRequest(directory + "/f*.npy", directory + "/y*.npy", classes, TableColumns.usual()));
    }

    @Override
    protected String featurePosition(int sample, int column) {
        return "f9.npy: row " + sample + ", column " + column;
    }

    @Override
    protected String labelPosition(int sample) {
        return "y9.npy: label " + sample;
    }
}
