package io.github.collapse4j.djl.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.network.Networks.Head;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The counts that docs/studies/training.md reports, from networks that were built. */
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
     * ResNet-18 with 1,000 classes: all parameters, those that are trained, and those of the head. By hand, from 11,689,512
     * at d = 512: 4,608 + 2 + 1,000 more for each further dimension, and a shortcut of 514d.
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

    /** The head of ResNet-50 with 1,000 classes, from DJL's model zoo. */
    @ParameterizedTest
    @CsvSource({"1000, 2049000"})
    void ofResNet50(int classes, long head) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            SequentialBlock resnet = ResNetV1.builder()
                    .setImageShape(new Shape(3, 224, 224))
                    .setNumLayers(50)
                    .setOutSize(classes)
                    .build();
            FeatureTap network = FeatureTap.before(resnet);
            network.initialize(manager, DataType.FLOAT32, IMAGE);
            assertEquals(head, count(network.head(), false));
            // 25,557,032 in the paper's version; the zoo's may have biases besides
            assertTrue(Math.abs(count(network, false) - 25_557_032) < 500_000);
        }
    }
}
