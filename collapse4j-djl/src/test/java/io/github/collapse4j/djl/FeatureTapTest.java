package io.github.collapse4j.djl;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.NormalInitializer;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SimplexEtf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureTapTest {
    @Test
    void behavesLikeTheNetwork() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            SequentialBlock network = new SequentialBlock()
                    .add(Linear.builder().setUnits(7).build())
                    .add(Activation.tanhBlock())
                    .add(Linear.builder().setUnits(3).build());
            network.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
            FeatureTap tap = FeatureTap.before(network);
            ParameterStore store = new ParameterStore(manager, false);
            NDList input = new NDList(manager.randomNormal(new Shape(5, 4)));

            NDArray logits = network.forward(store, input, false).singletonOrThrow();
            NDArray same = tap.forward(store, input, false).singletonOrThrow();
            assertArrayEquals(logits.toFloatArray(), same.toFloatArray());

            NDArray features = tap.features(store, input);
            assertEquals(new Shape(5, 7), features.getShape());
            NDArray fromFeatures =
                    tap.head().forward(store, new NDList(features), false).singletonOrThrow();
            assertArrayEquals(logits.toFloatArray(), fromFeatures.toFloatArray());

            NDList both = tap.exposingFeatures().forward(store, input, false);
            assertArrayEquals(features.toFloatArray(), both.get(1).toFloatArray());
        }
    }

    @Test
    void opensNetworksOfTheModelZoo() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            SequentialBlock resnet = ResNetV1.builder()
                    .setImageShape(new Shape(3, 32, 32))
                    .setNumLayers(18)
                    .setOutSize(10)
                    .build();
            FeatureTap tap = FeatureTap.before(resnet);
            tap.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 32, 32));
            NDArray features = tap.features(
                    new ParameterStore(manager, false), new NDList(manager.zeros(new Shape(2, 3, 32, 32))));
            assertEquals(new Shape(2, 512), features.getShape());
            assertEquals(new Shape(10, 512), LinearHead.of(tap.head()).weight().getShape());
        }
    }

    @Test
    void refusesNetworksWithoutAFinalLinearLayer() {
        SequentialBlock network = new SequentialBlock()
                .add(Linear.builder().setUnits(3).build())
                .add(new SequentialBlock()
                        .add(Linear.builder().setUnits(3).build())
                        .add(Linear.builder().setUnits(3).build()))
                .add(Activation.reluBlock());
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> FeatureTap.before(network))
                .getMessage());
        assertTrue(message.startsWith("network: expected a linear layer as the last child"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 12})
    void aFixedHeadIsASimplexWhateverTheTrainersInitializer(int d) {
        SimplexEtfHead head = SimplexEtfHead.of(5).withNorm(0.7).withSeed(3).withBias();
        FeatureTap tap = new FeatureTap(Linear.builder().setUnits(d).build(), head);
        try (Model model = Model.newInstance("test", Device.cpu(), "PyTorch")) {
            model.setBlock(tap);
            DefaultTrainingConfig config = new DefaultTrainingConfig(UfmLoss.of(new CrossEntropy()))
                    .optDevices(new Device[] {Device.cpu()})
                    .optInitializer(new NormalInitializer(1), Parameter.Type.WEIGHT);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(1, 6));
                LinearHead parameters = LinearHead.of(head);
                Matrix expected = SimplexEtf.of(5, d, 0.7, 3);
                // float32
                assertClose(expected.data(), parameters.classifier().data(), 1e-7, 0, "W");
                Parameter bias = parameters.bias();
                assertTrue(bias != null && bias.requiresGradient());
                assertSame(tap.head(), head);
            }
        }
    }

    @Test
    void aFixedHeadRefusesTooFewFeatures() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            SimplexEtfHead head = SimplexEtfHead.of(5);
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> head.initialize(manager, DataType.FLOAT32, new Shape(1, 3)))
                    .getMessage();
            assertEquals("features: expected a dimension of at least K − 1 = 4 for a simplex ETF, found 3", message);
        }
    }
}
