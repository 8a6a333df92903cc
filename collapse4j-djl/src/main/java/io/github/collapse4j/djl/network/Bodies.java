package io.github.collapse4j.djl.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * Bodies of networks, from images {@code B×C×H×W} to features {@code B×d}. Unless a ReLU is wanted, features take any
 * sign, as in the model, without which K directions would not fit into K − 1 dimensions.
 */
public enum Bodies {
    /** Two hidden layers of 256 units. */
    mlp("multilayer perceptron") {
        @Override
        Block build(int featureDimension, long imageSide, boolean rectified) {
            return new SequentialBlock()
                    .add(Blocks.batchFlattenBlock())
                    .add(linear(256))
                    .add(Activation.reluBlock())
                    .add(linear(256))
                    .add(Activation.reluBlock())
                    .add(linear(featureDimension))
                    .add(end(rectified));
        }
    },
    /** Two convolutions with stride 2 and a hidden layer of 128 units, normalised. */
    cnn("convolutional network") {
        @Override
        Block build(int featureDimension, long imageSide, boolean rectified) {
            return new SequentialBlock()
                    .add(convolution(16, 3, 2))
                    .add(normalised())
                    .add(Activation.reluBlock())
                    .add(convolution(32, 3, 2))
                    .add(normalised())
                    .add(Activation.reluBlock())
                    .add(Blocks.batchFlattenBlock())
                    .add(linear(128))
                    .add(normalised())
                    .add(Activation.reluBlock())
                    .add(linear(featureDimension))
                    .add(end(rectified));
        }
    },
    /**
     * ResNet-18 (He et al. 2016), with the stem for small images up to 64 pixels. The last block has d channels, whose
     * averages are the features.
     */
    resnet18("ResNet-18") {
        @Override
        Block build(int featureDimension, long imageSide, boolean rectified) {
            SequentialBlock body = new SequentialBlock();
            if (imageSide <= 64) {
                body.add(convolution(64, 3, 1)).add(normalised()).add(Activation.reluBlock());
            } else {
                body.add(convolution(64, 7, 2)).add(normalised()).add(Activation.reluBlock());
                body.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
            }
            int channels = 64;
            for (int stage = 0; stage < 4; stage++) {
                int width = 64 << stage;
                int stride = stage == 0 ? 1 : 2;
                body.add(residual(channels, width, width, stride)).add(Activation.reluBlock());
                boolean last = stage == 3;
                body.add(residual(width, width, last ? featureDimension : width, 1));
                body.add(last ? end(rectified) : Activation.reluBlock());
                channels = width;
            }
            return body.add(Pool.globalAvgPool2dBlock()).add(Blocks.batchFlattenBlock());
        }
    };

    private final String title;

    Bodies(String title) {
        this.title = title;
    }

    /** Its display name. */
    public String title() {
        return title;
    }

    /**
     * Builds an uninitialised body.
     *
     * @param featureDimension d
     * @param imageSide the larger of height and width
     * @param rectified whether a ReLU comes last, or before the last averages
     */
    abstract Block build(int featureDimension, long imageSide, boolean rectified);

    private static Block end(boolean rectified) {
        return rectified ? Activation.reluBlock() : Blocks.identityBlock();
    }

    private static Linear linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Conv2d convolution(int filters, int kernel, int stride) {
        int padding = kernel / 2;
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optBias(false)
                .build();
    }

    private static BatchNorm normalised() {
        return BatchNorm.builder().build();
    }

    /** Two convolutions and a shortcut, added. */
    private static Block residual(int in, int middle, int out, int stride) {
        Block convolutions = new SequentialBlock()
                .add(convolution(middle, 3, stride))
                .add(normalised())
                .add(Activation.reluBlock())
                .add(convolution(out, 3, 1))
                .add(normalised());
        Block shortcut = in == out && stride == 1
                ? Blocks.identityBlock()
                : new SequentialBlock().add(convolution(out, 1, stride)).add(normalised());
        return new ParallelBlock(
                branches -> new NDList(
                        branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow())),
                List.of(convolutions, shortcut));
    }
}
