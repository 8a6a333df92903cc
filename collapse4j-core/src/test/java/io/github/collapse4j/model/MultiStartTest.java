package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.Threads;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.MultiStart.Minimum;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MultiStartTest {
    private static final UfmModel SMALL = UfmModel.reduced(
            new UfmProblem(new CrossEntropy(), ClassCounts.of(9, 4, 1, 6), 2, 0.01, 0.003, new Bias.Regularised(0.1)));

    /** Products in plain Java and, from 24 on, in the native library. */
    static Stream<UfmModel> models() {
        UfmModel wide = UfmModel.reduced(new UfmProblem(
                new SquaredError(), ClassCounts.balanced(26, 4), 25, 0.001, 0.002, new Bias.Regularised(0.1)));
        return Stream.of(SMALL, wide);
    }

    @ParameterizedTest
    @MethodSource("models")
    void theMinimaDoNotDependOnTheNumberOfThreads(UfmModel model) throws Exception {
        MultiStart search = new MultiStart(42);
        List<Minimum> one = Threads.run(1, () -> search.minima(model, 6));
        List<Minimum> four = Threads.run(4, () -> search.minima(model, 6));
        for (int i = 0; i < 6; i++) {
            assertEquals(one.get(i).objective(), four.get(i).objective(), 0, "objective of start " + i);
            assertEquals(i, four.get(i).start());
            assertArrayEquals(
                    one.get(i).point().classifier().data(),
                    four.get(i).point().classifier().data());
            assertArrayEquals(
                    one.get(i).point().features().data(),
                    four.get(i).point().features().data());
            assertArrayEquals(one.get(i).point().bias(), four.get(i).point().bias());
        }
    }

    @Test
    void aStartDependsOnlyOnItsNumberAndTheSeed() {
        List<Minimum> three = new MultiStart(1).minima(SMALL, 3);
        List<Minimum> five = new MultiStart(1).minima(SMALL, 5);
        List<Minimum> other = new MultiStart(2).minima(SMALL, 3);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(
                    three.get(i).point().classifier().data(),
                    five.get(i).point().classifier().data());
            assertNotEquals(
                    three.get(i).point().classifier().get(0, 0),
                    other.get(i).point().classifier().get(0, 0));
        }
        assertNotEquals(
                three.get(0).point().classifier().get(0, 0),
                three.get(1).point().classifier().get(0, 0));
    }

    @Test
    void everyMinimumIsCriticalAndTheBestIsTheLowest() {
        MultiStart search = new MultiStart(3);
        List<Minimum> minima = search.minima(SMALL, 12);
        UfmObjective objective = SMALL.objective();
        double lowest = Double.POSITIVE_INFINITY;
        for (Minimum minimum : minima) {
            double[] gradient = new double[objective.dimension()];
            double value = objective.linearize(objective.toVector(minimum.point()), gradient);
            assertEquals(value, minimum.objective());
            assertEquals(Vectors.norm(gradient), minimum.gradientNorm());
            Close.assertAtMost(1e-10, minimum.gradientNorm(), "gradient norm of start " + minimum.start());
            lowest = Math.min(lowest, value);
        }
        assertEquals(lowest, search.best(SMALL, 12).objective());
    }

    /**
     * Minima lie on orbits of rotations, along which only round-off determines Newton's path. Seeds 5006 and 5011 once
     * ended with gradients of 1e-8.
     */
    @ParameterizedTest
    @EnumSource(BiasKind.class)
    void descentsEndAtRoundOffAndNotOnALongStepAlongTheOrbit(BiasKind bias) {
        for (Loss loss : new Loss[] {new CrossEntropy(), new SquaredError()}) {
            Seeded.range(5000, 20).forEach(seeded -> {
                UfmProblem problem = Problems.random(new Problems.Family(loss, bias), seeded);
                for (int d = 1; d <= problem.classes(); d++) {
                    UfmModel model = UfmModel.reduced(problem.withFeatureDimension(d));
                    for (Minimum minimum : new MultiStart(seeded.seed()).minima(model, 2)) {
                        String what = "gradient norm at d = " + d + ", " + Problems.describe(problem) + ", " + seeded;
                        Close.assertAtMost(1e-11, minimum.gradientNorm(), what);
                    }
                }
            });
        }
    }
}
