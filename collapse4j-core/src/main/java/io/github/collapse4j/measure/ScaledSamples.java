package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.linalg.BinaryScale;
import java.util.OptionalLong;

/** Samples whose features are divided by a power of two. */
record ScaledSamples(SampleSource source, BinaryScale scale) implements SampleSource {
    /**
     * The scale of a source, from its first batch with a nonzero entry. A source that can be read only once is not
     * scaled.
     */
    static BinaryScale scaleOf(SampleSource source) {
        double largest = 0;
        if (source.isRereadable()) {
            int d = source.featureDimension();
            SampleBatch batch = new SampleBatch(d, SamplePass.batchSize(d));
            try (SampleReader reader = source.open()) {
                while (largest == 0 && reader.next(batch)) {
                    for (int i = 0; i < batch.count() * d; i++) {
                        largest = Math.max(largest, Math.abs(batch.features()[i]));
                    }
                }
            }
        }
        return BinaryScale.of(largest);
    }

    @Override
    public int featureDimension() {
        return source.featureDimension();
    }

    @Override
    public int classes() {
        return source.classes();
    }

    @Override
    public OptionalLong samples() {
        return source.samples();
    }

    @Override
    public boolean isRereadable() {
        return source.isRereadable();
    }

    @Override
    public SampleReader open() {
        SampleReader reader = source.open();
        return new SampleReader() {
            @Override
            public boolean next(SampleBatch batch) {
                boolean any = reader.next(batch);
                int end = batch.count() * batch.featureDimension();
                for (int i = 0; i < end; i++) {
                    batch.features()[i] = scale.down(batch.features()[i]);
                }
                batch.filled(batch.number(), batch.count());
                return any;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
