package io.github.collapse4j.djl.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.SplittableRandom;

/**
 * Normal weights of variance gain²·2/(fan-in), as for layers before a ReLU (He et al. 2015), from a generator of its
 * own: the same seed gives the same network whatever else the engine has drawn.
 */
final class SeededInitializer implements Initializer {
    private final SplittableRandom random;
    private final double gain;

    /**
     * @param gain factor on the standard deviation, 1 before a ReLU
     */
    SeededInitializer(long seed, double gain) {
        this.random = new SplittableRandom(seed);
        this.gain = gain;
    }

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        float[] entries = new float[Math.toIntExact(shape.size())];
        double deviation = gain * Math.sqrt(2.0 * shape.get(0) / entries.length);
        for (int i = 0; i < entries.length; i++) {
            entries[i] = (float) (deviation * random.nextGaussian());
        }
        NDArray array = manager.create(entries, shape);
        return dataType == DataType.FLOAT32 ? array : array.toType(dataType, false);
    }
}
