package io.github.collapse4j.io.extract;

import io.github.collapse4j.io.input.ElementType;
import io.github.collapse4j.io.input.ModelInput;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two classes of two pixels each: the features are the pixels, the first logit is the first one, the second logit the
 * second one.
 */
class FakeModel implements TrainedModel {
    private final int batch;
    final AtomicInteger runs = new AtomicInteger();

    /** @param batch 0 for any */
    FakeModel(int batch) {
        this.batch = batch;
    }

    @Override
    public ModelInput input() {
        return new ModelInput("x", ElementType.FLOAT32, new int[] {batch, 2});
    }

    @Override
    public Matrix weights() {
        return Matrix.ofRows(new double[] {1, 0}, new double[] {0, 1});
    }

    @Override
    public Optional<double[]> bias() {
        return Optional.of(new double[] {0.25, 0.25});
    }

    @Override
    public String head() {
        return "w (2×2), b";
    }

    @Override
    public double roundOff() {
        return 0x1p-24;
    }

    @Override
    public String identity() {
        return "fake";
    }

    @Override
    public Outputs run(ByteBuffer samples, long[] shape) throws IOException {
        runs.incrementAndGet();
        float[] features = new float[(int) (shape[0] * shape[1])];
        samples.asFloatBuffer().get(features);
        float[] logits = new float[features.length];
        for (int i = 0; i < features.length; i++) {
            logits[i] = features[i] + 0.25f;
        }
        return new Outputs(features, logits);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
