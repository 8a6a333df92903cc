package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.Functions.Barrier;
import io.github.collapse4j.optim.Functions.Exponential;
import io.github.collapse4j.optim.Functions.Quadratic;
import io.github.collapse4j.optim.Functions.Rosenbrock;
import io.github.collapse4j.optim.Functions.Saddle;
import io.github.collapse4j.optim.TrustRegionNewton.Options;
import io.github.collapse4j.optim.TrustRegionNewton.Result;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustRegionNewtonTest {
    private static final TrustRegionNewton NEWTON = new TrustRegionNewton(Options.defaults());

    @ParameterizedTest
    @CsvSource({"2,1", "2,100", "20,1e4", "60,1e3"})
    void minimumOfAConvexQuadratic(int dimension, double condition) {
        Seeded seeded = Seeded.of(dimension);
        Quadratic quadratic = Quadratic.convex(dimension, condition, seeded);
        EuclideanProblem problem = new EuclideanProblem(quadratic, seeded.gaussian(dimension, 100));
        Result result = NEWTON.minimize(problem);
        assertTrue(result.termination() != Termination.LIMIT, result::toString);
        // The smallest eigenvalue is 1, so the distance is at most the gradient norm, which is round-off of
        // condition·|x|.
        double distance = Math.max(1e-12, 1e-15 * condition * dimension);
        Close.assertClose(quadratic.minimiser(), problem.point(), 0, distance, "minimiser, " + seeded);
        Close.assertClose(0, result.value(), 0, distance * distance * condition, "minimum, " + seeded);
    }

    @Test
    void minimumOfRosenbrocksValley() {
        EuclideanProblem problem = new EuclideanProblem(new Rosenbrock(), new double[] {-1.2, 1});
        Result result = NEWTON.minimize(problem);
        assertEquals(Termination.CONVERGED, result.termination());
        Close.assertClose(new double[] {1, 1}, problem.point(), 0, 1e-11, "minimiser");
        Close.assertClose(0, result.value(), 0, 1e-22, "minimum");
        Close.assertAtMost(1e-12, result.gradientNorm(), "gradient norm");
        Close.assertAtMost(40, result.iterations(), "iterations");
    }

    @Test
    void convergenceIsQuadraticAtTheEnd() {
        EuclideanProblem problem = new EuclideanProblem(new Rosenbrock(), new double[] {-1.2, 1});
        List<Double> norms = new ArrayList<>();
        NEWTON.minimize(problem, (iteration, value, norm, products) -> {
            norms.add(norm);
            return false;
        });
        int last = norms.size() - 1;
        // ‖g₊‖ ≤ C‖g‖², where C depends on this function's third derivatives; measured as 10³.
        Close.assertAtMost(1e4 * norms.get(last - 1) * norms.get(last - 1) + 1e-13, norms.get(last), "last step");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-6, 1e-11, -1e-11})
    void leavesAStrictSaddleByATinyGradient(double y) {
        EuclideanProblem problem = new EuclideanProblem(new Saddle(), new double[] {0, y});
        Result result = NEWTON.minimize(problem);
        assertEquals(Termination.CONVERGED, result.termination());
        Close.assertClose(new double[] {0, Math.signum(y)}, problem.point(), 0, 1e-12, "minimiser");
        Close.assertClose(-0.25, result.value(), 1e-15, "minimum");
    }

    @Test
    void escapesASaddleOfTheModelToTheGlobalMinimum() {
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.balanced(4, 10), 4, 0.005, 0.001, new Bias.Free());
        UfmModel wide = UfmModel.reduced(problem);
        UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(1));
        Seeded seeded = Seeded.of(4);
        UfmObjective objective = wide.objective();
        double[] start =
                objective.toVector(new MultiStart(1).best(narrow, 1).point().padTo(4));
        Vectors.add(1e-9, seeded.gaussian(start.length, 1), start);
        Result result = NEWTON.minimize(new EuclideanProblem(objective, start));
        // The value of the global minimum at these penalties, from docs/theory.md §5.
        double reach = problem.mu() * Math.sqrt(10);
        double s = Math.log(1 / reach - 3);
        Close.assertClose(Math.log1p(3 * Math.exp(-s)) + 3 * reach * s, result.value(), 1e-13, "minimum, " + seeded);
    }

    @Test
    void staysWhereTheGradientVanishesExactly() {
        EuclideanProblem problem = new EuclideanProblem(new Saddle(), new double[] {0, 0});
        Result result = NEWTON.minimize(problem);
        assertEquals(Termination.CONVERGED, result.termination());
        assertEquals(0, result.iterations());
        assertArrayEquals(new double[] {0, 0}, problem.point());
    }

    @Test
    void nanTrialsAreRejected() {
        // The first step, of length 30, leads outside the domain.
        Options far = new Options(1e-12, 500, 1000, 30);
        EuclideanProblem problem = new EuclideanProblem(new Barrier(), new double[] {20});
        Result result = new TrustRegionNewton(far).minimize(problem);
        assertEquals(Termination.CONVERGED, result.termination());
        Close.assertClose(new double[] {1}, problem.point(), 1e-11, 0, "minimiser");
    }

    @Test
    void aNaNStartIsAnError() {
        EuclideanProblem bad = new EuclideanProblem(new Barrier(), new double[] {-1});
        assertThrows(ArithmeticException.class, () -> NEWTON.minimize(bad));
        EuclideanProblem infinite = new EuclideanProblem(new Exponential(1), new double[] {Double.POSITIVE_INFINITY});
        assertThrows(ArithmeticException.class, () -> NEWTON.minimize(infinite));
    }

    @Test
    void endsAtRoundOffIfTheGradientCannotVanish() {
        double slope = 54321.7;
        EuclideanProblem problem = new EuclideanProblem(new Exponential(slope), new double[] {-2});
        Result result = new TrustRegionNewton(Options.defaults().withGradientTolerance(0)).minimize(problem);
        assertEquals(Termination.ROUND_OFF, result.termination());
        Close.assertClose(new double[] {Math.log(slope)}, problem.point(), 1e-15, 0, "minimiser");
        Close.assertAtMost(30, result.iterations(), "iterations");
    }

    @Test
    void limitsAreKept() {
        double[] start = {-1.2, 1};
        Result none = new TrustRegionNewton(Options.defaults().withMaxIterations(0))
                .minimize(new EuclideanProblem(new Rosenbrock(), start));
        assertEquals(Termination.LIMIT, none.termination());
        assertEquals(0, none.iterations());
        assertEquals(0, none.hessianProducts());
        Close.assertClose(new Rosenbrock().value(start), none.value(), 0, "value at the start");
        Result three = new TrustRegionNewton(Options.defaults().withMaxIterations(3))
                .minimize(new EuclideanProblem(new Rosenbrock(), start));
        assertEquals(3, three.iterations());
        assertEquals(Termination.LIMIT, three.termination());
        Result products = new TrustRegionNewton(new Options(1e-12, 500, 5, 1))
                .minimize(new EuclideanProblem(new Rosenbrock(), start));
        assertEquals(Termination.LIMIT, products.termination());
        assertEquals(5, products.hessianProducts());
    }

    @Test
    void listenerSeesEveryIterationAndStops() {
        EuclideanProblem problem = new EuclideanProblem(new Rosenbrock(), new double[] {-1.2, 1});
        List<Integer> seen = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        Result result = NEWTON.minimize(problem, (iteration, value, norm, products) -> {
            seen.add(iteration);
            values.add(value);
            return iteration == 4;
        });
        assertEquals(List.of(0, 1, 2, 3, 4), seen);
        assertEquals(Termination.STOPPED, result.termination());
        assertEquals(values.get(4), result.value());
        for (int i = 1; i < values.size(); i++) {
            Close.assertAtMost(values.get(i - 1), values.get(i), "values never rise");
        }
    }

    @Test
    void runsAreDeterministic() {
        List<double[]> points = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Seeded seeded = Seeded.of(77);
            Quadratic quadratic = Quadratic.convex(25, 1e3, seeded);
            EuclideanProblem problem = new EuclideanProblem(quadratic, seeded.gaussian(25, 10));
            results.add(NEWTON.minimize(problem));
            points.add(problem.point());
        }
        assertEquals(results.get(0), results.get(1));
        assertArrayEquals(points.get(0), points.get(1));
    }

    /** A quadratic with a diagonal Hessian over twelve orders of magnitude, with or without preconditioning by it. */
    private static final class Diagonal implements TrustRegionProblem {
        private final EuclideanProblem plain;
        private final double[] diagonal;

        Diagonal(double[] diagonal) {
            this.diagonal = diagonal;
            Matrix a = Matrix.zeros(diagonal.length, diagonal.length);
            double[] start = new double[diagonal.length];
            for (int i = 0; i < diagonal.length; i++) {
                a.set(i, i, diagonal[i]);
                start[i] = 1;
            }
            plain = new EuclideanProblem(new Quadratic(a, new double[diagonal.length]), start);
        }

        @Override
        public int dimension() {
            return plain.dimension();
        }

        @Override
        public double value() {
            return plain.value();
        }

        @Override
        public void gradient(double[] gradient) {
            plain.gradient(gradient);
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            plain.hessianVector(direction, image);
        }

        @Override
        public void precondition(double[] residual, double[] image) {
            for (int i = 0; i < image.length; i++) {
                image[i] = residual[i] / diagonal[i];
            }
        }

        @Override
        public double trial(double[] step) {
            return plain.trial(step);
        }

        @Override
        public void accept() {
            plain.accept();
        }
    }

    @Test
    void aPerfectPreconditionerNeedsOneProductPerIteration() {
        double[] diagonal = new double[13];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = Math.pow(10, i - 6);
        }
        Diagonal problem = new Diagonal(diagonal);
        Options wide = new Options(1e-9, 50, 1000, 1e12);
        Result result = new TrustRegionNewton(wide).minimize(problem);
        assertEquals(Termination.CONVERGED, result.termination());
        assertEquals(result.iterations(), result.hessianProducts());
        Close.assertAtMost(3, result.iterations(), "iterations");
        Close.assertAtMost(1e-9, Vectors.maxAbs(problem.plain.point()), "minimiser at zero");
    }

    @Test
    void optionsOutOfRangeAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> new Options(-1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Options(Double.NaN, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Options(0, -1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Options(0, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Options(0, 1, 1, 0));
        assertEquals(7, Options.defaults().withMaxIterations(7).maxIterations());
        assertEquals(0.5, Options.defaults().withGradientTolerance(0.5).gradientTolerance());
    }
}
