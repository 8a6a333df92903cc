package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.TestFunctions.Counting;
import io.github.collapse4j.optim.TestFunctions.Quadratic;
import io.github.collapse4j.optim.TestFunctions.Rosenbrock;
import io.github.collapse4j.optim.TestFunctions.Wall;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every optimiser. Subclasses declare their accuracy and their guarantees. */
abstract class OptimizerContract {
    private static final double NOISE = 1e-13;

    abstract Optimizer optimizer();

    /** The gradient norm that the method reaches on the problems below. */
    double gradientTolerance() {
        return 1e-9;
    }

    /** The accuracy of the value at that point, relative to the minimum. */
    double valueAccuracy() {
        return 1e-12;
    }

    /** Whether values never rise by more than their round-off on the problems below. */
    boolean promisesDecrease() {
        return false;
    }

    /** Whether a start with zero gradient is returned without an iteration. */
    boolean returnsAtOnce() {
        return true;
    }

    private Limits limits() {
        return Limits.defaults().withGradientTolerance(gradientTolerance()).withMaxIterations(200_000);
    }

    static List<UfmProblem> problems() {
        ClassCounts counts = ClassCounts.balanced(4, 1);
        return List.of(
                new UfmProblem(new CrossEntropy(), counts, 4, 5e-3, 5e-3, new Bias.Free()),
                new UfmProblem(new SquaredError(), counts, 4, 5e-3, 5e-3, new Bias.None()));
    }

    private static double[] randomStart(UfmModel model, long seed) {
        return model.objective().toVector(model.randomPoint(new SplittableRandom(seed), 0.7));
    }

    private static double globalMinimum(UfmProblem problem) {
        Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
        assertTrue(solution.relativeGap() <= 1e-10, "the reference is certified");
        return solution.objective();
    }

    private void assertGlobalMinimum(UfmProblem problem, OptimizerResult result) {
        double minimum = globalMinimum(problem);
        assertEquals(Termination.CONVERGED, result.termination(), result::toString);
        assertTrue(result.gradientNorm() <= gradientTolerance());
        assertEquals(minimum, result.value(), valueAccuracy() * minimum);
    }

    private static void assertConsistent(SmoothFunction function, OptimizerResult result) {
        double[] gradient = new double[function.dimension()];
        assertEquals(function.linearize(result.point(), gradient), result.value(), 0);
        assertEquals(Vectors.norm(gradient), result.gradientNorm(), 0);
    }

    @Test
    void reachesTheMinimumOfAQuadratic() {
        Quadratic quadratic = new Quadratic(50);
        OptimizerResult result = optimizer().minimize(quadratic, new double[50], limits());
        assertEquals(Termination.CONVERGED, result.termination(), result::toString);
        assertArrayEquals(quadratic.minimum(), result.point(), 2 * gradientTolerance());
        assertEquals(-3, result.value(), 1e-12 + gradientTolerance() * gradientTolerance());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void reachesTheCertifiedGlobalMinimumFromRandomStarts(UfmProblem problem) {
        UfmModel model = UfmModel.reduced(problem);
        for (long seed = 1; seed <= 3; seed++) {
            Counting function = new Counting(model.objective());
            OptimizerResult result = optimizer().minimize(function, randomStart(model, seed), limits());
            assertEquals(function.values, result.valueEvaluations());
            assertEquals(function.gradients, result.gradientEvaluations());
            assertEquals(function.products, result.hessianProducts());
            assertConsistent(model.objective(), result);
            assertGlobalMinimum(problem, result);
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void leavesAStrictSaddleAlongItsEscapeDirection(UfmProblem problem) {
        UfmModel line = UfmModel.reduced(problem.withFeatureDimension(1));
        OptimizerResult atRankOne = new EuclideanTrustRegion(EuclideanTrustRegion.Options.defaults())
                .minimize(
                        line.objective(),
                        randomStart(line, 5),
                        Limits.defaults().withGradientTolerance(1e-12));
        UfmPoint saddle = line.objective().toPoint(atRankOne.point()).padTo(4);
        UfmModel model = UfmModel.reduced(problem);
        UfmObjective objective = model.objective();
        double[] start = objective.toVector(saddle);
        Vectors.add(1e-6, Spectrum.complete(model, saddle).lowest(), start);

        OptimizerResult result = optimizer().minimize(objective, start, limits());

        assertTrue(result.value() < atRankOne.value() - 1e-2, () -> result + " from " + atRankOne.value());
        assertGlobalMinimum(problem, result);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void decreasesWherePromised(UfmProblem problem) {
        UfmModel model = UfmModel.reduced(problem);
        List<Double> values = new ArrayList<>();
        optimizer().minimize(model.objective(), randomStart(model, 4), limits(), (iteration, value, norm, point) -> {
            values.add(value);
            return false;
        });
        for (int i = 1; promisesDecrease() && i < values.size(); i++) {
            assertTrue(values.get(i) <= values.get(i - 1) + NOISE, "iteration " + i);
        }
        assertTrue(values.get(values.size() - 1) < values.get(0));
    }

    @Test
    void listenerSeesEveryIterateAndTheLastOneIsTheResult() {
        UfmModel model = UfmModel.reduced(problems().get(0));
        double[] start = randomStart(model, 1);
        List<Integer> iterations = new ArrayList<>();
        double[] last = new double[start.length];
        SmoothFunction check = model.objective();
        double[] gradient = new double[start.length];
        OptimizerResult result = optimizer()
                .minimize(
                        model.objective(), start, limits().withMaxIterations(300), (iteration, value, norm, point) -> {
                            if (iteration == 0) {
                                assertArrayEquals(start, point);
                            }
                            assertEquals(check.linearize(point, gradient), value, 0);
                            assertEquals(Vectors.norm(gradient), norm, 0);
                            iterations.add(iteration);
                            System.arraycopy(point, 0, last, 0, last.length);
                            return false;
                        });
        assertEquals(result.iterations() + 1, iterations.size());
        for (int i = 0; i < iterations.size(); i++) {
            assertEquals(i, iterations.get(i));
        }
        assertArrayEquals(last, result.point());
    }

    @Test
    void listenerStopsTheRun() {
        Rosenbrock function = new Rosenbrock(20);
        OptimizerResult result = optimizer()
                .minimize(function, function.start(), limits(), (iteration, value, norm, point) -> iteration == 5);
        assertEquals(Termination.STOPPED, result.termination());
        assertEquals(5, result.iterations());
        assertConsistent(function, result);
    }

    @Test
    void limitOnIterationsIsRespected() {
        Rosenbrock function = new Rosenbrock(20);
        for (int limit : new int[] {0, 1, 7}) {
            OptimizerResult result =
                    optimizer().minimize(function, function.start(), limits().withMaxIterations(limit));
            assertEquals(Termination.LIMIT, result.termination());
            assertEquals(limit, result.iterations());
        }
    }

    @Test
    void limitOnEvaluationsPreventsFurtherIterations() {
        Rosenbrock rosenbrock = new Rosenbrock(20);
        Counting function = new Counting(rosenbrock);
        List<Long> spent = new ArrayList<>();
        Limits limits = limits().withMaxEvaluations(120);
        OptimizerResult result = optimizer()
                .minimize(function, rosenbrock.start(), limits, (iteration, value, norm, point) -> {
                    spent.add(function.evaluations());
                    return false;
                });
        assertEquals(Termination.LIMIT, result.termination());
        assertEquals(function.evaluations(), result.evaluations());
        assertTrue(spent.get(spent.size() - 1) >= 120);
        assertTrue(spent.get(spent.size() - 2) < 120);
    }

    @Test
    void sameSeedGivesSameBitsAndTheStartIsNotModified() {
        UfmModel model = UfmModel.reduced(problems().get(1));
        double[] start = randomStart(model, 2);
        double[] copy = start.clone();
        Optimizer optimizer = optimizer();
        OptimizerResult first = optimizer.minimize(model.objective(), start, limits());
        OptimizerResult second = optimizer.minimize(model.objective(), start, limits());
        OptimizerResult third = optimizer().minimize(model.objective(), start, limits());
        assertArrayEquals(copy, start);
        for (OptimizerResult other : List.of(second, third)) {
            assertArrayEquals(first.point(), other.point());
            assertEquals(first.value(), other.value(), 0);
            assertEquals(first.iterations(), other.iterations());
            assertEquals(first.evaluations(), other.evaluations());
        }
    }

    @Test
    void startAtTheExactMinimumIsReturned() {
        Quadratic quadratic = new Quadratic(10);
        OptimizerResult result = optimizer().minimize(quadratic, quadratic.minimum(), limits());
        assertEquals(Termination.CONVERGED, result.termination());
        assertArrayEquals(quadratic.minimum(), result.point());
        if (returnsAtOnce()) {
            assertEquals(0, result.iterations());
            assertEquals(1, result.evaluations());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nanNeverReachesTheResult(boolean onlyGradient) {
        Wall wall = new Wall(onlyGradient);
        OptimizerResult result = optimizer().minimize(wall, new double[3], limits());
        assertTrue(
                result.termination() == Termination.DIVERGED || result.termination() == Termination.ROUND_OFF,
                result::toString);
        assertTrue(Double.isFinite(result.value()));
        assertTrue(Vectors.maxAbs(result.point()) < 0.5);
        assertConsistent(wall, result);
    }

    @Test
    void startBeyondTheFunctionsRangeIsCalledDiverged() {
        OptimizerResult result = optimizer().minimize(new Wall(false), new double[] {0, 1, 0}, limits());
        assertEquals(Termination.DIVERGED, result.termination());
        assertEquals(0, result.iterations());
        assertArrayEquals(new double[] {0, 1, 0}, result.point());
    }

    @Test
    void rejectsMismatchedStarts() {
        Quadratic quadratic = new Quadratic(3);
        var length = assertThrows(
                IllegalArgumentException.class, () -> optimizer().minimize(quadratic, new double[2], limits()));
        assertEquals("start: expected 3 entries, found 2", length.getMessage());
        var entry = assertThrows(
                IllegalArgumentException.class,
                () -> optimizer().minimize(quadratic, new double[] {0, Double.NaN, 0}, limits()));
        assertEquals("start[1]: expected a finite number, found NaN", entry.getMessage());
    }

    @Test
    void allocatesNothingPerIteration() {
        Rosenbrock function = new Rosenbrock(500);
        allocated(function, 150);
        long few = Math.min(allocated(function, 50), allocated(function, 50));
        long many = Math.min(allocated(function, 150), allocated(function, 150));
        assertTrue(many - few < 100 * 16, () -> (many - few) + " bytes in 100 iterations");
    }

    private long allocated(Rosenbrock function, int iterations) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Optimizer optimizer = optimizer();
        double[] start = function.start();
        Limits limits = Limits.defaults().withGradientTolerance(0).withMaxIterations(iterations);
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        OptimizerResult result = optimizer.minimize(function, start, limits);
        long after = threads.getThreadAllocatedBytes(thread);
        assertEquals(iterations, result.iterations(), result::toString);
        return after - before;
    }
}
