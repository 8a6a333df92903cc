package io.github.collapse4j.io.extract;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.input.ModelInputs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs a model on any samples, in the batches that it takes. Thread-safe; buffers are used again. */
final class Batches {
    private final TrainedModel model;
    private final int batch;
    private final long[] shape;
    private final int sampleBytes;
    private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

    /** @param batch the number of samples at a time */
    Batches(TrainedModel model, ModelInputs inputs, int batch) {
        this.model = model;
        this.batch = batch;
        int[] sample = inputs.sample();
        this.shape = new long[sample.length + 1];
        long size = model.input().type().bytes();
        for (int i = 0; i < sample.length; i++) {
            shape[i + 1] = sample[i];
            size = Math.multiplyExact(size, sample[i]);
        }
        this.sampleBytes = Math.toIntExact(size);
        Math.multiplyExact(sampleBytes, batch);
    }

    /**
     * Runs the model on some samples; where it takes a fixed number, the last one stands in for those that are missing.
     *
     * @param indices of the samples
     */
    TrainedModel.Outputs run(ModelInputs inputs, long[] indices) throws IOException {
        int d = model.weights().columns();
        int classes = model.weights().rows();
        float[] features = new float[Math.multiplyExact(indices.length, d)];
        float[] logits = new float[Math.multiplyExact(indices.length, classes)];
        ByteBuffer buffer = buffers.poll();
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(sampleBytes * batch).order(ByteOrder.nativeOrder());
        }
        for (int first = 0; first < indices.length; first += batch) {
            int count = Math.min(batch, indices.length - first);
            int given = model.input().batch().isPresent() ? batch : count;
            buffer.clear();
            for (int i = 0; i < given; i++) {
                inputs.write(indices[first + Math.min(i, count - 1)], buffer);
            }
            long[] whole = shape.clone();
            whole[0] = given;
            TrainedModel.Outputs outputs = model.run(buffer.flip(), whole);
            require("features", outputs.features().length, given, d);
            require("logits", outputs.logits().length, given, classes);
            System.arraycopy(outputs.features(), 0, features, first * d, count * d);
            System.arraycopy(outputs.logits(), 0, logits, first * classes, count * classes);
        }
        buffers.add(buffer);
        return new TrainedModel.Outputs(features, logits);
    }

    private void require(String what, int found, int samples, int each) throws IOException {
        if (found != samples * each) {
            throw new InputException(model.input().text() + ": expected " + each + " " + what + " for each of "
                    + samples + " samples, found " + found + " numbers in all");
        }
    }
}
