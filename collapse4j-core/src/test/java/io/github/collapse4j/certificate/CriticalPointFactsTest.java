package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.fixtures.CriticalPoints;
import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties of critical points from docs/theory.md §3, in the full and in the reduced model. */
class CriticalPointFactsTest {
    /** Descents end at gradients of about 1e-14, which active singular values divide by μ and by those of H. */
    private static final double CRITICAL = 1e-8;

    static Stream<Family> families() {
        return Family.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    void criticalPointsAreBalancedAndTheirActiveDirectionsLieAtMu(Family family) {
        Seeded.range(7000, 10).forEach(seeded -> {
            UfmProblem drawn = Problems.random(family, seeded);
            UfmProblem problem = drawn.withFeatureDimension(drawn.classes() + 1);
            UfmModel reduced = UfmModel.reduced(problem);
            UfmModel full = UfmModel.full(problem);
            for (UfmPoint point : CriticalPoints.ofEveryRank(problem, 1, seeded.seed())) {
                String what = Problems.describe(problem) + ", " + seeded;
                CriticalPointFacts facts = CriticalPointFacts.of(reduced, point);
                check(problem, facts, what);
                CriticalPointFacts ofFull = CriticalPointFacts.of(full, full.expand(point));
                check(problem, ofFull, "full model, " + what);
                assertEquals(facts.rank(), ofFull.rank(), what);
                Close.assertClose(facts.objective(), ofFull.objective(), 1e-12, "objective, " + what);
                // Small singular values of the wide gradient come from a Gram matrix, accurate to √ε of the largest.
                Close.assertClose(
                        facts.remainingOverMu(),
                        Arrays.copyOf(ofFull.remainingOverMu(), facts.remainingOverMu().length),
                        1e-7,
                        1e-7,
                        "remaining σ/μ, " + what);
            }
        });
    }

    private static void check(UfmProblem problem, CriticalPointFacts facts, String what) {
        Close.assertClose(0, facts.balanceResidual(), 0, CRITICAL, "balance, " + what);
        Close.assertAtMost(Math.min(problem.featureDimension(), problem.maximalRank()), facts.rank(), "rank, " + what);
        assertEquals(facts.rank(), facts.activeOverMu().length);
        for (double active : facts.activeOverMu()) {
            Close.assertClose(1, active, CRITICAL, "active σ/μ, " + what);
        }
        if (problem.loss() instanceof CrossEntropy) {
            Close.assertClose(0, facts.rowSumNorm(), 0, CRITICAL, "1ᵀW, " + what);
            if (problem.bias() instanceof Bias.Regularised) {
                Close.assertClose(0, facts.biasSum(), 0, CRITICAL, "1ᵀb, " + what);
            }
        }
        Close.assertAtMost(CRITICAL, facts.residuals().largest(), "residuals, " + what);
    }

    /** At any point, active and remaining directions are orthogonal parts of the gradient. */
    @ParameterizedTest
    @MethodSource("families")
    void atACriticalPointTheSingularValuesAreThoseOfTheWholeGradient(Family family) {
        Seeded seeded = Seeded.of(3);
        UfmProblem problem = Problems.random(family, seeded);
        UfmModel model = UfmModel.reduced(problem);
        for (UfmPoint point : CriticalPoints.ofEveryRank(problem, 1, 3)) {
            UfmObjective objective = model.objective();
            objective.linearize(objective.toVector(point), new double[objective.dimension()]);
            Matrix gradient = objective.lossGradient().copy();
            double mu = problem.mu();
            double[] expected = Arrays.stream(LinearAlgebra.svd(gradient).values())
                    .map(s -> s / mu)
                    .toArray();
            CriticalPointFacts facts = CriticalPointFacts.of(model, point);
            double[] found = DoubleStream.concat(
                            Arrays.stream(facts.activeOverMu()), Arrays.stream(facts.remainingOverMu()))
                    .map(s -> -s)
                    .sorted()
                    .map(s -> -s)
                    .toArray();
            Close.assertClose(expected, found, CRITICAL, 0, Problems.describe(problem));
            Close.assertClose(SpectralNorm.of(gradient) / mu, facts.sigmaOverMu(), CRITICAL, "σ_max/μ");
        }
    }

    /** Also at nonzero gradients: active on the singular vectors of WH, remaining on their complements. */
    @ParameterizedTest
    @MethodSource("families")
    void atAnyPointTheyAreThoseOfTheTwoProjectedGradients(Family family) {
        Seeded seeded = Seeded.of(8);
        UfmProblem drawn = Problems.random(family, seeded);
        UfmProblem problem = drawn.withFeatureDimension(2);
        UfmModel model = UfmModel.reduced(problem);
        UfmPoint point = model.randomPoint(seeded.random(), 1);
        UfmObjective objective = model.objective();
        objective.linearize(objective.toVector(point), new double[objective.dimension()]);
        int classes = problem.classes();
        CriticalPointFacts facts = CriticalPointFacts.of(model, point);
        Svd product = LinearAlgebra.svd(point.product());
        Matrix onU = projection(product.u(), facts.rank());
        Matrix onQ = projection(product.v(), facts.rank());
        Matrix gradient = objective.lossGradient().copy();
        Matrix active = Matrices.naive(Matrices.naive(onU, gradient), onQ);
        Matrix identity = Matrix.identity(classes);
        Matrix remaining = Matrices.naive(
                Matrices.naive(identity.copy().add(-1, onU), gradient),
                identity.copy().add(-1, onQ));
        Close.assertAtMost(Math.min(2, classes), facts.rank(), "rank");
        compare(active, facts.activeOverMu(), problem.mu(), "active, " + seeded);
        compare(remaining, facts.remainingOverMu(), problem.mu(), "remaining, " + seeded);
    }

    private static Matrix projection(Matrix vectors, int count) {
        Matrix sum = Matrix.zeros(vectors.rows(), vectors.rows());
        for (int j = 0; j < count; j++) {
            Matrix column = Matrix.wrap(vectors.rows(), 1, vectors.column(j));
            sum.add(1, Matrices.naive(column, column.transpose()));
        }
        return sum;
    }

    private static void compare(Matrix projected, double[] overMu, double mu, String what) {
        double[] values = LinearAlgebra.svd(projected).values();
        for (int i = 0; i < overMu.length; i++) {
            Close.assertClose(values[i] / mu, overMu[i], 1e-10, 1e-12 * values[0] / mu, what + " [" + i + "]");
        }
    }
}
