package io.github.collapse4j.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.metrics.NearestClasses.Neighbour;
import io.github.collapse4j.testkit.Seeded;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestClassesTest {
    /** Sizes around those of the tiles. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 255, 256, 257, 600})
    void areThoseOfAllPairs(int classes) {
        int d = 5;
        Matrix centred = CentredMeans.of(Matrices.gaussian(d, classes, Seeded.of(classes)))
                .centred();
        NearestClasses found = NearestClasses.of(CentredMeans.of(Matrices.gaussian(d, classes, Seeded.of(classes))));
        for (int k = 0; k < classes; k++) {
            int nearest = k == 0 ? 1 : 0;
            for (int l = 0; l < classes; l++) {
                nearest = l != k && cosine(centred, k, l) > cosine(centred, k, nearest) ? l : nearest;
            }
            Neighbour neighbour = found.neighbours().get(k).orElseThrow();
            assertEquals(nearest, neighbour.position());
            assertEquals(cosine(centred, k, nearest), neighbour.cosine(), 1e-14);
        }
    }

    private static double cosine(Matrix centred, int k, int l) {
        double[] a = centred.column(k);
        double[] b = centred.column(l);
        return Vectors.dot(a, b) / (Vectors.norm(a) * Vectors.norm(b));
    }

    @Test
    void aMeanAtTheGlobalMeanHasNoneAndIsNone() {
        NearestClasses found =
                NearestClasses.of(CentredMeans.of(Matrix.ofRows(new double[] {2, 0, -2}, new double[] {1, 0, -1})));
        assertEquals(Optional.empty(), found.neighbours().get(1));
        assertEquals(2, found.neighbours().get(0).orElseThrow().position());
        assertEquals(-1, found.neighbours().get(0).orElseThrow().cosine(), 1e-15);
    }

    @Test
    void aSingleClassHasNone() {
        NearestClasses found = NearestClasses.of(CentredMeans.of(Matrix.ofRows(new double[] {2}, new double[] {1})));
        assertEquals(1, found.neighbours().size());
        assertEquals(Optional.empty(), found.neighbours().get(0));
    }
}
