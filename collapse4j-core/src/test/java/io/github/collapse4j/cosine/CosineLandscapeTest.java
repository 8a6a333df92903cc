package io.github.collapse4j.cosine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.testkit.Close;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosineLandscapeTest {
    /** Spurious minima at d = K − 1, confirmed with 40 digits; at d = K there are none. */
    @ParameterizedTest
    @CsvSource({
        "'1,1000,1000', 0.0209361305, 2.68e-3, 1",
        "'1,10,10', 0.1639039385, 5.81e-2, 1",
        "'1,300,300,300', 0.0529664605, 1.27e-3, 3"
    })
    void spuriousMinimaNeedOneDimensionMore(String counts, double value, double next, int nullity) {
        long[] samples = java.util.Arrays.stream(counts.split(","))
                .mapToLong(Long::parseLong)
                .toArray();
        CosineProblem problem = CosineProblem.ofClasses(ClassCounts.of(samples), samples.length - 1, 3, 0);
        List<CosineVerdict.SpuriousLocalMinimum> spurious = CosineLandscape.explore(problem, 60, 0).points().stream()
                .map(point -> point.assessment().verdict())
                .filter(CosineVerdict.SpuriousLocalMinimum.class::isInstance)
                .map(CosineVerdict.SpuriousLocalMinimum.class::cast)
                .toList();
        CosineVerdict.SpuriousLocalMinimum found = spurious.stream()
                .filter(minimum -> Math.abs(minimum.objective() - value) < 1e-10)
                .findFirst()
                .orElseThrow();
        assertEquals(nullity, found.nullity());
        Close.assertClose(next, found.smallestPositive(), 4e-3, "next eigenvalue, of which three digits are known");

        CosineLandscape wider = CosineLandscape.explore(problem.withFeatureDimension(samples.length), 20, 0);
        assertTrue(wider.points().stream()
                .anyMatch(point -> point.assessment().verdict() instanceof CosineVerdict.StrictSaddle));
        wider.points()
                .forEach(point -> assertTrue(
                        point.assessment().verdict() instanceof CosineVerdict.GlobalMinimum
                                || point.assessment().verdict() instanceof CosineVerdict.StrictSaddle,
                        () -> point.assessment().verdict().explanation()));
    }

    /** Images of one point under rotations differ in round-off, which must not pass for a direction of descent. */
    @Test
    void aSpuriousMinimumIsNoSaddleInAnotherRotation() {
        CosineProblem problem = CosineProblem.ofClasses(ClassCounts.of(1, 10, 10), 2, 3, 0);
        List<CosineLandscape.Found> same = CosineLandscape.explore(problem, 5, 0).points().stream()
                .filter(point -> Math.abs(point.assessment().derivatives().value() - 0.16390393848608706) < 1e-12)
                .toList();
        assertEquals(1, same.size());
        assertTrue(same.get(0).assessment().verdict() instanceof CosineVerdict.SpuriousLocalMinimum);
    }

    @Test
    void listsPointsByValue() {
        CosineLandscape landscape =
                CosineLandscape.explore(CosineProblem.ofClasses(ClassCounts.of(10, 10, 10, 10), 4, 3, 0), 10, 0);
        double[] values = landscape.points().stream()
                .mapToDouble(point -> point.assessment().derivatives().value())
                .toArray();
        assertTrue(values.length >= 2);
        Close.assertClose(0.0534, values[0], 0.1, "the simplex");
        assertEquals(
                14,
                landscape.points().stream()
                        .mapToInt(CosineLandscape.Found::timesFoundInFullDimension)
                        .sum(),
                "10 random starts and 4 reversed features in 4 dimensions");
        assertTrue(java.util.stream.DoubleStream.of(values).anyMatch(v -> Math.abs(v - 0.09717470314748389) < 1e-12));
    }
}
