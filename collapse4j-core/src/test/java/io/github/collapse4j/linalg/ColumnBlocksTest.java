package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.fixtures.Threads;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnBlocksTest {
    /** Empty, one block (below 2·2¹⁴ entries), a few, the maximum (64), fewer columns than blocks. */
    @ParameterizedTest
    @CsvSource({"3,0", "0,7", "3,1", "3,1000", "16384,2", "100,999", "1000,3000", "4000000,3"})
    void everyColumnIsVisitedOnce(int rows, int columns) {
        AtomicIntegerArray visits = new AtomicIntegerArray(columns);
        ColumnBlocks.forEach(rows, columns, (from, to) -> {
            for (int j = from; j < to; j++) {
                visits.incrementAndGet(j);
            }
        });
        for (int j = 0; j < columns; j++) {
            assertEquals(1, visits.get(j), "visits of column " + j);
        }
        double sum = ColumnBlocks.sum(rows, columns, (from, to) -> to - from);
        assertEquals(columns, sum);
    }

    @Test
    void sumsDoNotDependOnTheNumberOfThreads() throws Exception {
        int columns = 100_000;
        double[] terms = Seeded.of(1).gaussian(columns, 1);
        ColumnBlocks.Summand summand = (from, to) -> {
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += terms[j];
            }
            return sum;
        };
        double[] sums = new double[3];
        sums[0] = ColumnBlocks.sum(10, columns, summand);
        sums[1] = Threads.run(1, () -> ColumnBlocks.sum(10, columns, summand));
        sums[2] = Threads.run(4, () -> ColumnBlocks.sum(10, columns, summand));
        double[] same = new double[3];
        Arrays.fill(same, sums[0]);
        assertArrayEquals(same, sums);
        Close.assertClose(Vectors.sum(terms), sums[0], 0, 1e-10, "sum of 1e5 normal numbers");
    }
}
