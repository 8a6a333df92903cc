package io.github.collapse4j.cli.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EpochsTest {
    @Test
    void epochsAreTheOnlyDifferenceBetweenNames() {
        assertArrayEquals(
                new long[] {1, 10, 150},
                Epochs.of(List.of("epoch001", "epoch010", "epoch150")).orElseThrow());
        assertArrayEquals(
                new long[] {0, 2},
                Epochs.of(List.of("r2-step0.npz", "r2-step2.npz")).orElseThrow());
    }

    @Test
    void numbersOfDifferentNetworksAreNotEpochs() {
        assertTrue(
                Epochs.of(List.of("learned-d9-s0", "etf-d9-s0", "etf-d64-s0")).isEmpty());
        assertTrue(Epochs.of(List.of("epoch1", "final")).isEmpty());
        assertTrue(Epochs.of(List.of("epoch1", "epoch01")).isEmpty());
    }
}
