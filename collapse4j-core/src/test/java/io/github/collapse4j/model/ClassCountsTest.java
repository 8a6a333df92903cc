package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ClassCountsTest {
    @Test
    void countsAndTheirSum() {
        ClassCounts counts = ClassCounts.of(3, 1, 2);
        assertEquals(3, counts.classes());
        assertEquals(6, counts.samples());
        assertEquals(1, counts.count(1));
        assertEquals(28, ClassCounts.balanced(4, 7).samples());
        assertEquals("3 classes, 6 samples", counts.toString());
    }

    @Test
    void labelsAreCounted() {
        ClassCounts counted = ClassCounts.ofLabels(new int[] {2, 0, 2, 1}, 3);
        assertArrayEquals(new long[] {1, 1, 2}, counted.toArray());
        assertEquals(ClassCounts.of(1, 1, 2), counted);
        assertEquals(ClassCounts.of(1, 1, 2).hashCode(), counted.hashCode());
        assertNotEquals(ClassCounts.of(1, 2, 1), counted);
    }

    @Test
    void countsAreImmutable() {
        long[] source = {1, 2};
        ClassCounts counts = ClassCounts.of(source);
        source[0] = 9;
        counts.toArray()[1] = 9;
        assertArrayEquals(new long[] {1, 2}, counts.toArray());
    }

    @Test
    void invalidCountsAreRejected() {
        assertRefused("expected at least one class", () -> ClassCounts.of());
        assertRefused("classes: expected at least 1, found 0", () -> ClassCounts.balanced(0, 5));
        assertRefused("classCounts[1]: expected at least one sample, found 0", () -> ClassCounts.of(1, 0));
        assertRefused("classCounts[0]: expected at least one sample, found -3", () -> ClassCounts.balanced(2, -3));
        assertRefused("labels[1]: expected 0…2, found 3", () -> ClassCounts.ofLabels(new int[] {0, 3}, 3));
        assertRefused("labels[0]: expected 0…2, found -1", () -> ClassCounts.ofLabels(new int[] {-1}, 3));
        assertRefused("classCounts[1]", () -> ClassCounts.ofLabels(new int[] {0, 2}, 3));
        assertThrows(ArithmeticException.class, () -> ClassCounts.of(Long.MAX_VALUE, 1));
    }

    private static void assertRefused(String words, Executable call) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, call).getMessage());
        assertTrue(message.contains(words), message);
    }
}
