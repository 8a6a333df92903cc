package io.github.collapse4j.landscape;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowerSaddleTest {
    private static final UfmProblem PROBLEM =
            new UfmProblem(new CrossEntropy(), ClassCounts.balanced(4, 10), 4, 1e-2, 1e-3, new Bias.None());

    @Test
    void oneStrictSaddleOfEachLowerRankAndTheWayDown() {
        Solution optimum = new GlobalSolver(SolveOptions.defaults()).solve(PROBLEM);
        List<LowerSaddle> saddles = LowerSaddle.below(optimum);
        assertEquals(optimum.rank(), saddles.size());
        for (int rank = 0; rank < saddles.size(); rank++) {
            assertEquals(rank, saddles.get(rank).assessment().facts().rank());
            assertInstanceOf(
                    Verdict.StrictSaddle.class, saddles.get(rank).assessment().verdict());
            SaddleDescent descent = saddles.get(rank).descent().orElseThrow();
            assertClose(optimum.objective(), descent.objective(), 1e-9, "end of the descent from rank " + rank);
            assertTrue(descent.gaps().get(0) > descent.gaps().get(descent.steps()));
        }
    }

    /** Each is an eigenvalue of the reduced Hessian, which has them among others. */
    @Test
    void eigenvaluesAlongNullWAreThoseOfTheHessian() {
        AtlasOptions few = AtlasOptions.defaults().withSearches(4, 24, 0);
        int predicted = 0;
        for (CriticalPoint point : new SaddleAtlas(few).explore(PROBLEM).points()) {
            double[] spectrum = ((Spectrum.Complete) point.spectrum()).eigenvalues();
            for (CriticalPoint.NullEigenvalue eigenvalue : point.predictedAlongNull(PROBLEM)) {
                double nearest = Arrays.stream(spectrum)
                        .map(value -> Math.abs(value - eigenvalue.value()))
                        .min()
                        .orElseThrow();
                assertTrue(nearest <= 1e-9, () -> "rank " + point.rank() + ": " + eigenvalue + ", off by " + nearest);
                predicted++;
            }
        }
        assertTrue(predicted > 0);
    }
}
