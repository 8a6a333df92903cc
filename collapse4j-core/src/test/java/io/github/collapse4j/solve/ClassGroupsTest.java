package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassGroupsTest {
    @Test
    void equalCountsMakeAGroupTheLargestFirst() {
        ClassGroups groups = ClassGroups.of(ClassCounts.of(3, 7, 3, 1, 7, 3));
        assertEquals(3, groups.groups());
        assertEquals(6, groups.classes());
        assertArrayEquals(new int[] {2, 3, 1}, groups.sizes());
        assertArrayEquals(new double[] {7, 3, 1}, groups.counts());
        assertArrayEquals(new int[] {1, 0, 1, 2, 0, 1}, groups.groupOf());
        assertEquals(24, groups.samples());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 16, 60})
    void coarseGroupsKeepClassesAndSamples(int target) {
        Seeded seeded = Seeded.of(target);
        long[] counts = new long[200];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = seeded.between(1, 500);
        }
        ClassGroups fine = ClassGroups.of(ClassCounts.of(counts));
        ClassGroups coarse = fine.coarsen(target);
        assertTrue(coarse.groups() <= target && coarse.groups() >= target / 2, () -> coarse.groups() + " groups");
        assertEquals(200, Arrays.stream(coarse.sizes()).sum());
        assertEquals(fine.samples(), coarse.samples());
        double samples = 0;
        int[] members = new int[coarse.groups()];
        for (int group : coarse.groupOf()) {
            members[group]++;
        }
        assertArrayEquals(coarse.sizes(), members);
        double[] sums = new double[coarse.groups()];
        for (int k = 0; k < counts.length; k++) {
            sums[coarse.groupOf()[k]] += counts[k];
        }
        for (int g = 0; g < coarse.groups(); g++) {
            assertTrue(coarse.sizes()[g] >= 2, "at least two classes in a group");
            Close.assertClose(sums[g] / members[g], coarse.counts()[g], 1e-13, "mean count of group " + g);
            Close.assertAtMost(g == 0 ? 1e9 : coarse.counts()[g - 1], coarse.counts()[g], "descending");
            samples += coarse.sizes()[g] * coarse.counts()[g];
        }
        Close.assertClose(fine.samples(), samples, 1e-13, "samples");
    }

    @Test
    void hardlySmallerGroupingsAreNotChanged() {
        ClassGroups pairs = ClassGroups.of(ClassCounts.of(1, 1, 2, 2, 3, 3));
        assertSame(pairs, pairs.coarsen(3));
        ClassGroups one = ClassGroups.of(ClassCounts.balanced(5, 2));
        assertSame(one, one.coarsen(16));
    }

    @Test
    void aSingleLastClassJoinsItsNeighbour() {
        ClassGroups coarse = ClassGroups.of(ClassCounts.of(9, 8, 7, 6, 5)).coarsen(2);
        ClassGroups odd = ClassGroups.of(ClassCounts.of(9, 8, 7, 6, 5, 4, 3)).coarsen(3);
        for (ClassGroups groups : new ClassGroups[] {coarse, odd}) {
            for (int size : groups.sizes()) {
                assertTrue(size >= 2, () -> Arrays.toString(groups.sizes()));
            }
        }
    }
}
