package io.github.collapse4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeededTest {
    @Test
    void equalSeedsGiveEqualNumbersAndOthersDoNot() {
        assertArrayEquals(Seeded.of(5).gaussian(10, 2), Seeded.of(5).gaussian(10, 2));
        assertNotEquals(
                Arrays.toString(Seeded.of(5).gaussian(10, 2)),
                Arrays.toString(Seeded.of(6).gaussian(10, 2)));
        assertEquals("seed 5", Seeded.of(5).toString());
    }

    @Test
    void rangesAreRespected() {
        Seeded seeded = Seeded.of(1);
        boolean[] seen = new boolean[3];
        for (int i = 0; i < 1000; i++) {
            Close.assertAtLeast(1e-3, seeded.logUniform(1e-3, 10), "logUniform");
            Close.assertAtMost(10, seeded.logUniform(1e-3, 10), "logUniform");
            seen[seeded.between(4, 6) - 4] = true;
        }
        assertArrayEquals(new boolean[] {true, true, true}, seen);
    }

    @Test
    void rangeCountsSeeds() {
        assertEquals("[seed 7, seed 8]", Seeded.range(7, 2).toList().toString());
    }
}
