package io.github.collapse4j.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TargetSolution;
import io.github.collapse4j.solve.TargetSolver;
import io.github.collapse4j.testkit.Close;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Minima and saddles of losses with smoothing, weights, offsets and soft targets against an independent implementation. */
class TrainedReferenceTest {
    /** Both sides know a value to second order in a gradient of 1e-15: to round-off. */
    private static final double VALUE = 1e-13;

    private static final double BOUND = 1e-10;
    private static final double LOGITS = 1e-7;

    static Stream<TrainedReference> ofClasses() {
        return TrainedReference.all()
                .filter(reference -> reference.problem().loss().isOfClasses());
    }

    static Stream<TrainedReference> ofTargets() {
        return TrainedReference.all()
                .filter(reference -> !reference.problem().loss().isOfClasses());
    }

    @Test
    void theFileIsComplete() {
        assertEquals(42, ofClasses().count());
        assertEquals(8, ofTargets().count());
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void globalMinimum(TrainedReference reference) {
        Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(reference.problem());
        assertInstanceOf(Solution.GlobalMinimum.class, solution);
        check(
                reference,
                solution.point(),
                solution.objective(),
                solution.lowerBound().value(),
                solution.rank());
    }

    @ParameterizedTest
    @MethodSource("ofTargets")
    void globalMinimumOfTargets(TrainedReference reference) {
        UfmProblem problem = reference.problem();
        TargetSolver solver = new TargetSolver(SolveOptions.defaults());
        TargetSolution solution = solver.solve(problem);
        assertInstanceOf(Verdict.GlobalMinimum.class, solution.verdict(Assessor.Options.defaults()));
        check(
                reference,
                solution.point(),
                solution.objective(),
                solution.lowerBound().value(),
                solution.rank());
        TargetSolution narrow = solver.solve(problem.withFeatureDimension(problem.classes() - 1));
        Close.assertClose(reference.number("bestFoundAtKMinus1"), narrow.objective(), VALUE, "at d = K − 1");
    }

    private static void check(TrainedReference reference, UfmPoint point, double objective, double bound, int rank) {
        UfmProblem problem = reference.problem();
        UfmModel model = UfmModel.reduced(problem);
        Close.assertClose(reference.number("globalMinimum"), objective, VALUE, "global minimum");
        Close.assertClose(objective, model.value(point), VALUE, "value of the factors");
        Close.assertAtMost(objective, bound, "lower bound");
        Close.assertAtLeast(objective * (1 - BOUND), bound, "lower bound");
        Close.assertAtLeast(
                objective * (1 - BOUND), DualBound.of(model, point, objective).value(), "lower bound of the factors");
        assertEquals(reference.json().get("rank").getAsInt(), rank, "rank");
        Matrix expected = reference.logits();
        Matrix found = model.logits(point.product(), point.bias());
        for (int j = 0; j < found.columns(); j++) {
            double shift = problem.loss().isShiftInvariant() && problem.bias() instanceof Bias.Free
                    ? expected.get(0, 0) - found.get(0, 0)
                    : 0;
            for (int k = 0; k < found.rows(); k++) {
                Close.assertClose(expected.get(k, j), found.get(k, j) + shift, LOGITS, LOGITS, "logit " + k + ", " + j);
            }
        }
        assertInstanceOf(
                Verdict.GlobalMinimum.class,
                new Assessor(Assessor.Options.defaults()).assess(model, point).verdict());
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void saddlesOfEveryRank(TrainedReference reference) {
        int dimension = 0;
        for (JsonObject saddle : reference.saddles()) {
            dimension++;
            UfmProblem narrow = reference.problem().withFeatureDimension(dimension);
            double value = saddle.get("value").getAsDouble();
            // The reference's is a local minimum of the smaller model, not always the lowest.
            UfmPoint point = new MultiStart(1)
                    .minima(UfmModel.reduced(narrow), 60).stream()
                            .min(Comparator.comparingDouble(minimum -> Math.abs(minimum.objective() - value)))
                            .orElseThrow()
                            .point();
            UfmModel model = UfmModel.reduced(reference.problem());
            UfmPoint padded = point.padTo(reference.problem().featureDimension());
            UfmObjective objective = model.objective();
            Close.assertClose(value, model.value(padded), VALUE, "value, rank " + dimension);
            objective.linearize(objective.toVector(padded), new double[objective.dimension()]);
            double sigma = SpectralNorm.upperBound(objective.lossGradient(), 0)
                    / reference.problem().mu();
            Close.assertClose(saddle.get("sigmaOverMu").getAsDouble(), sigma, 1e-8, "σ/μ, rank " + dimension);
            Spectrum.Complete spectrum = Spectrum.complete(model, padded);
            Close.assertClose(
                    saddle.get("hessianMin").getAsDouble(), spectrum.smallest(), 1e-8, "curvature, rank " + dimension);
            assertEquals(saddle.get("negative").getAsInt(), spectrum.index(), "index, rank " + dimension);
            assertEquals(saddle.get("zero").getAsInt(), spectrum.nullity(), "nullity, rank " + dimension);
            assertInstanceOf(
                    Verdict.StrictSaddle.class,
                    new Assessor(Assessor.Options.defaults())
                            .assess(model, padded)
                            .verdict());
        }
    }
}
