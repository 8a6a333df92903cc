package io.github.collapse4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainedObjectiveTest {
    @TempDir
    private Path folder;

    @Test
    void everyPartIsReadAsWritten() throws IOException {
        TrainingLoss softmax = TrainingLoss.of(Kind.SOFTMAX)
                .withSmoothing(0.1)
                .withClassWeights(1, 1.0 / 3)
                .withLogitAdjustment(-0.7)
                .withMargins(0, 1e-300);
        new TrainedObjective(
                        softmax,
                        OptionalDouble.of(5e-3),
                        OptionalDouble.of(1e-7 / 3),
                        OptionalDouble.of(0),
                        OptionalDouble.of(1e-4),
                        Optional.of("soft.npy"),
                        Optional.of(StatedFeatures.of(FeatureDomain.NONNEGATIVE)))
                .write(folder);
        TrainedObjective read = TrainedObjective.in(folder).orElseThrow();
        assertEquals(Kind.SOFTMAX, read.loss().kind());
        assertEquals(0.1, read.loss().smoothing());
        assertArrayEquals(new double[] {1, 1.0 / 3}, read.loss().classWeights().orElseThrow());
        assertEquals(-0.7, read.loss().logitAdjustment());
        assertArrayEquals(new double[] {0, 1e-300}, read.loss().margins().orElseThrow());
        assertEquals(Optional.empty(), read.loss().positiveWeights());
        assertEquals(OptionalDouble.of(5e-3), read.lambdaW());
        assertEquals(OptionalDouble.of(1e-7 / 3), read.lambdaH());
        assertEquals(OptionalDouble.of(0), read.lambdaB());
        assertEquals(OptionalDouble.of(1e-4), read.weightDecay());
        assertEquals(Optional.of("soft.npy"), read.targets());
        assertEquals(Optional.of(StatedFeatures.of(FeatureDomain.NONNEGATIVE)), read.features());
    }

    @Test
    void aCosineHeadIsReadAsWritten() throws IOException {
        TrainedObjective.cosine(16.5, 0.35).write(folder);
        TrainedObjective read = TrainedObjective.in(folder).orElseThrow();
        assertEquals(Optional.of(StatedFeatures.unit(16.5, 0.35)), read.features());
        assertEquals(OptionalDouble.empty(), read.lambdaW());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void plainLossesWithoutPenaltiesNeedTheirNameAlone(Kind kind) throws IOException {
        TrainingLoss plain = TrainingLoss.of(kind);
        TrainedObjective.of(plain).write(folder);
        assertEquals(1, Files.readString(folder.resolve("objective.json")).split(":", -1).length - 1);
        TrainedObjective read = TrainedObjective.in(folder).orElseThrow();
        assertEquals(kind, read.loss().kind());
        assertTrue(read.loss().isPlain());
        assertEquals(OptionalDouble.empty(), read.lambdaB());
    }

    @Test
    void aFolderWithoutTheFileStatesNothing() throws IOException {
        assertEquals(Optional.empty(), TrainedObjective.in(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | expected a loss, found none",
                "{\"loss\":\"focal\"} | loss: expected ce, mse or bce, found focal",
                "{\"loss\":1} | loss: expected ce, mse or bce, found NUMBER",
                "{\"loss\":\"ce\",\"loss\":\"ce\"} | expected one loss, found two",
                "{\"loss\":\"ce\"} 1 | expected JSON in UTF-8 that states a loss and penalties, found"
                        + " malformed JSON at line 1 column 16 path $",
                "{\"loss\":\"ce\",\"labelSmoothing\":1} | label smoothing: expected at least 0 and below 1, where targets"
                        + " depend on the labels, found 1.0",
                "{\"loss\":\"ce\",\"labelSmoothing\":\"0.1\"} | labelSmoothing: expected a finite number, found STRING",
                "{\"loss\":\"ce\",\"classWeights\":[1,0]} | class weights: expected finite numbers above 0, found 0.0 of"
                        + " class 1",
                "{\"loss\":\"ce\",\"posWeight\":[1]} | positive weights: expected binary cross-entropy, found"
                        + " cross-entropy",
                "{\"loss\":\"ce\",\"lambdaW\":0} | lambdaW: expected a number above 0, found 0.0",
                "{\"loss\":\"ce\",\"lambdaH\":1e999} | lambdaH: expected a finite number, found 1e999",
                "{\"loss\":\"ce\",\"lambdaB\":-1} | lambdaB: expected a number of at least 0, found -1.0",
                "{\"loss\":\"ce\",\"smoothing\":0.1} | expected the keys loss, labelSmoothing, classWeights,"
                        + " logitAdjustment, margins, posWeight, targets, features, temperature, margin, lambdaW, lambdaH, lambdaB"
                        + " and weightDecay, found smoothing",
                "{\"loss\":\"ce\",\"features\":\"relu\"} | features: expected free, nonnegative or unit, found relu",
                "{\"loss\":\"ce\",\"features\":\"unit\"} | temperature: expected a number with unit features, found none",
                "{\"loss\":\"ce\",\"features\":\"free\",\"temperature\":2} | temperature: expected none with free"
                        + " features, found 2.0",
                "{\"loss\":\"ce\",\"temperature\":2} | expected features with a temperature or a margin, found none",
                "{\"loss\":\"ce\",\"features\":\"unit\",\"temperature\":0} | temperature: expected a finite number above"
                        + " 0, found 0.0",
                "{\"loss\":\"ce\",\"features\":\"unit\",\"temperature\":2,\"margin\":-1} | margin: expected a finite"
                        + " number of at least 0, found -1.0",
                "{\"loss\":\"ce\",\"features\":\"unit\",\"temperature\":2,\"lambdaW\":1} | features: expected plain"
                        + " cross-entropy of classes without penalties for unit features, found more",
                "{\"loss\":\"ce\",\"weightDecay\":0} | weightDecay: expected a number above 0, found 0.0",
                "{\"loss\":\"ce\",\"targets\":\"../soft.npy\"} | targets: expected the name of a file in this folder,"
                        + " found ../soft.npy",
                "{\"loss\":\"ce\",\"targets\":\".\"} | targets: expected the name of a file in this folder, found .",
                "{\"loss\":\"ce\",\"targets\":\"a\\u0000b\"} | targets: expected the name of a file in this folder,"
                        + " found a\\u{0}b",
                "{\"loss\":\"a\\nb\"} | loss: expected ce, mse or bce, found a\\u{a}b",
                "{\"loss\":\"ce\",\"classWeights\":[]} | classWeights: expected a number for each class, found none",
                "{\"loss\":\"ce\",\"targets\":1} | targets: expected the name of a file in this folder, found NUMBER"
            })
    void refusesAnythingElseInOneLine(String json, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("objective.json"), json);
        InputException refusal = assertThrows(InputException.class, () -> TrainedObjective.in(folder));
        assertEquals(file + ": " + message, refusal.getMessage());
    }

    @Test
    void aFolderOfThatNameIsNotPassedOver() throws IOException {
        Path file = Files.createDirectory(folder.resolve("objective.json"));
        InputException refusal = assertThrows(InputException.class, () -> TrainedObjective.in(folder));
        assertEquals(file + ": expected a regular file, found a directory", refusal.getMessage());
    }

    @Test
    void refusesTruncatedFiles() throws IOException {
        String whole = "{\"loss\":\"bce\",\"posWeight\":[1,2],\"lambdaW\":1e-3}";
        for (int length = 0; length < whole.length(); length++) {
            Path file = Files.writeString(folder.resolve("objective.json"), whole.substring(0, length));
            InputException refusal = assertThrows(InputException.class, () -> TrainedObjective.in(folder));
            String message = String.valueOf(refusal.getMessage());
            assertTrue(
                    message.startsWith(file + ": expected ") && message.lines().count() == 1, message);
        }
    }
}
