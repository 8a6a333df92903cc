package io.github.collapse4j.djl.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.SimplexEtfHead;
import io.github.collapse4j.djl.network.Networks.Head;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameter counts reported in docs/studies/training.md, from actual networks. */
@Tag("heavy")
class HeadSizesTest {
    private static final Shape IMAGE = new Shape(1, 3, 224, 224);

    private static long count(Block block, boolean trainedOnly) {
        return block.getParameters().values().stream()
                .filter(p -> p.getType() != Parameter.Type.RUNNING_MEAN && p.getType() != Parameter.Type.RUNNING_VAR)
                .filter(p -> p.requiresGradient() || !trainedOnly)
                .mapToLong(p -> p.getShape().size())
                .sum();
    }

    /**
     * ResNet-18 with 1,000 classes: all parameters, trained parameters, and parameters of the head. By hand, from
     * 11,689,512 at d = 512: 4,608 + 2 + 1,000 more for each further dimension, and a shortcut of 514d.
     */
    @ParameterizedTest
    @CsvSource({
        "512, learned, 11689512, 11689512, 513000",
        "999, learned, 14935068, 14935068, 1000000",
        "999, etf, 14935068, 13936068, 1000000",
        "1000, learned, 14941192, 14941192, 1001000"
    })
    void ofResNet18(int d, HeadKind kind, long all, long trained, long head) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            FeatureTap network = Networks.build(Bodies.resnet18, d, 224, new Head(kind, true, 1), 1000, 1);
            network.initialize(manager, DataType.FLOAT32, IMAGE);
            assertEquals(all, count(network, false));
            assertEquals(trained, count(network, true));
            assertEquals(head, count(network.head(), false));
        }
    }

    /**
     * ResNet-50 with 1,000 classes, the three blocks of its last stage with d channels instead of 2,048. By hand, from
     * 25,557,032 at d = 2048: of each further dimension 1,024 + 2 in the shortcut, 3·(512 + 2) where channels widen, 2·512
     * where they narrow again, and 1,000 in the head, together 4,592.
     */
    @ParameterizedTest
    @CsvSource({
        "2048, learned, 25557032, 25557032, 2049000",
        "1000, learned, 20744616, 20744616, 1001000",
        "1000, etf, 20744616, 19744616, 1001000"
    })
    void ofResNet50(int d, HeadKind kind, long all, long trained, long head) {
        assertEquals(25_557_032 - 4_592L * (2048 - d), all);
        Block last = kind == HeadKind.learned
                ? Linear.builder().setUnits(1000).build()
                : SimplexEtfHead.of(1000).withBias();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            FeatureTap network = new FeatureTap(resNet50(d), last);
            network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));
            assertEquals(all, count(network, false));
            assertEquals(trained, count(network, true));
            assertEquals(head, count(network.head(), false));
        }
    }

    /** He et al. 2016, table 1; after the stem only sizes matter here. */
    private static Block resNet50(int featureDimension) {
        SequentialBlock body = new SequentialBlock()
                .add(convolution(64, 7, 2))
                .add(BatchNorm.builder().build());
        int in = 64;
        int[] blocks = {3, 4, 6, 3};
        for (int stage = 0; stage < blocks.length; stage++) {
            int out = stage == 3 ? featureDimension : 256 << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                body.add(bottleneck(in, 64 << stage, out, stage > 0 && block == 0 ? 2 : 1, block == 0));
                in = out;
            }
        }
        return body.add(Pool.globalAvgPool2dBlock()).add(Blocks.batchFlattenBlock());
    }

    private static Block bottleneck(int in, int middle, int out, int stride, boolean projected) {
        Block narrow = new SequentialBlock()
                .add(convolution(middle, 1, 1))
                .add(BatchNorm.builder().build())
                .add(convolution(middle, 3, stride))
                .add(BatchNorm.builder().build())
                .add(convolution(out, 1, 1))
                .add(BatchNorm.builder().build());
        Block shortcut = projected || in != out
                ? new SequentialBlock()
                        .add(convolution(out, 1, stride))
                        .add(BatchNorm.builder().build())
                : Blocks.identityBlock();
        return new ParallelBlock(
                branches -> new NDList(
                        branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow())),
                List.of(narrow, shortcut));
    }

    private static Conv2d convolution(int filters, int kernel, int stride) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optBias(false)
                .build();
    }
}
