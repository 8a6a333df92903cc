package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.fixtures.CriticalPoints;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer analysed in batches is the same point of the full model (docs/theory.md §8). */
class LastLayerAnalysisTest {
    private static final double EXACT = 1e-12;

    record Case(UfmProblem problem, Seeded seeded) {
        static Stream<Case> range(long first, int count) {
            return Family.all()
                    .flatMap(family -> Seeded.range(first, count).map(seeded -> {
                        UfmProblem drawn = Problems.random(family, seeded);
                        // d from K − 1 to K + 1
                        return new Case(drawn.withFeatureDimension(drawn.classes() + seeded.between(-1, 1)), seeded);
                    }));
        }

        @Override
        public String toString() {
            return Problems.describe(problem) + ", " + seeded;
        }
    }

    static Stream<Case> cases() {
        return Case.range(900, 6);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyNumberIsThatOfTheFullModel(Case example) {
        UfmProblem problem = example.problem();
        int[] labels = Layers.shuffledLabels(problem, example.seeded());
        UfmModel model = UfmModel.full(problem, labels);
        UfmPoint point = model.randomPoint(example.seeded().random(), 1);
        LastLayerCertificate found = Layers.analyze(Layers.given(problem, 1e-3), Layers.of(model, labels, point));
        UfmObjective objective = model.objective();
        double[] gradient = new double[objective.dimension()];
        double value = objective.linearize(objective.toVector(point), gradient);
        UfmPoint blocks = objective.toPoint(gradient);
        Matrix lossGradient = objective.lossGradient();
        String what = example.toString();

        Certified certified = found.certified().orElseThrow();
        assertEquals(problem, certified.problem());
        Close.assertClose(value, certified.objective(), EXACT, "objective, " + what);
        double loss = model.dataTerm().value(model.logits(point.product(), point.bias()));
        Close.assertClose(loss, found.loss(), EXACT, "loss, " + what);
        double normW = point.classifier().norm();
        double normH = point.features().norm();
        double unit = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        Close.assertClose(
                blocks.classifier().norm() / (problem.lambdaW() * Math.max(normW, unit)),
                found.residualW(),
                EXACT,
                "W, " + what);
        Close.assertClose(
                blocks.features().norm() / (problem.lambdaH() * Math.max(normH, 1 / unit)),
                found.residualH(),
                EXACT,
                "H, " + what);
        double relative = problem.bias().isPresent() ? Vectors.norm(blocks.bias()) / sizeOfBiasTerms(model, point) : 0;
        Close.assertClose(relative, found.residualB(), EXACT, 1e-16, "b, " + what);
        Close.assertClose(SpectralNorm.of(lossGradient), found.sigmaMax(), EXACT, "σ_max, " + what);
        Close.assertClose(problem.mu(), found.mu(), EXACT, "μ, " + what);
        Close.assertClose(found.sigmaMax() / problem.mu(), found.sigmaOverMu(), EXACT, "σ/μ, " + what);
        double inner = -lossGradient.dot(point.product());
        double size = lossGradient.norm() * point.product().norm();
        Close.assertClose(
                inner / (normW * normW), found.implied().lambdaW(), 0, EXACT * size / (normW * normW), "λ_W, " + what);
        Close.assertClose(
                inner / (normH * normH), found.implied().lambdaH(), 0, EXACT * size / (normH * normH), "λ_H, " + what);
        Close.assertClose(
                inner / (normW * normH), found.implied().mu(), 0, EXACT * size / (normW * normH), "μ, " + what);
        assertInstanceOf(Verdict.NotCritical.class, found.verdict(), what);
    }

    /** ‖Σ_i |e_i|/N‖ + λ_b‖b‖: the magnitudes of the terms in the derivative with respect to the bias. */
    private static double sizeOfBiasTerms(UfmModel model, UfmPoint point) {
        Matrix residual = Matrix.zeros(model.problem().classes(), model.columns());
        model.dataTerm().evaluate(model.logits(point.product(), point.bias()), residual);
        double[] terms = new double[residual.rows()];
        for (int j = 0; j < residual.columns(); j++) {
            for (int k = 0; k < terms.length; k++) {
                terms[k] += Math.abs(residual.get(k, j)) / residual.columns();
            }
        }
        return Vectors.norm(terms) + model.problem().bias().lambda() * Vectors.norm(point.bias());
    }

    /** The best features are the same, whether they are sought in all dimensions or in those that the head sees. */
    @ParameterizedTest
    @MethodSource("cases")
    void theExcessIsTheSameInTheDimensionsThatTheHeadSees(Case example) {
        UfmProblem problem = example.problem();
        int[] labels = Layers.shuffledLabels(problem, example.seeded());
        UfmModel model = UfmModel.full(problem, labels);
        LastLayer layer =
                Layers.of(model, labels, model.randomPoint(example.seeded().random(), 0.5));
        LogitProjection kept = problem.loss().isShiftInvariant()
                ? LogitProjection.ofCentredLogits(layer.classifier())
                : LogitProjection.ofLogits(layer.classifier());
        LastLayerAnalysis.Options options = Layers.given(problem, 1e-3);
        LastLayerPass pass = LastLayerPass.over(layer, problem.loss(), Optional.of(kept));
        Certified found = new LastLayerAnalysis(options, SolveListener.SILENT)
                .analyze(layer, pass)
                .certified()
                .orElseThrow();
        Certified expected = Layers.analyze(options, layer).certified().orElseThrow();
        double roundOff = EXACT * expected.objective();
        String what = example.toString();
        Close.assertClose(expected.excess().spread(), found.excess().spread(), EXACT, roundOff, "spread, " + what);
        Close.assertClose(
                expected.excess().placement(), found.excess().placement(), EXACT, roundOff, "placement, " + what);
        Close.assertClose(expected.excess().total(), found.excess().total(), EXACT, roundOff, "total, " + what);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theExcessSplitsIntoPartsThatAreNotNegativeAndAddUp(Case example) {
        UfmProblem problem = example.problem();
        int[] labels = Layers.shuffledLabels(problem, example.seeded());
        UfmModel model = UfmModel.full(problem, labels);
        UfmPoint point = model.randomPoint(example.seeded().random(), 0.5);
        Certified certified = Layers.analyze(Layers.given(problem, 1e-3), Layers.of(model, labels, point))
                .certified()
                .orElseThrow();
        LastLayerCertificate.Excess excess = certified.excess();
        double value = certified.objective();
        String what = example.toString();
        double roundOff = EXACT * value;
        Close.assertAtLeast(-roundOff, excess.spread(), "spread, " + what);
        Close.assertAtLeast(-roundOff, excess.placement(), "placement, " + what);
        Close.assertAtLeast(-roundOff, excess.betweenClass(), "between classes, " + what);
        Close.assertClose(excess.spread() + excess.placement(), excess.withinClass(), EXACT, roundOff, "within");
        double bound = certified.lowerBound().value();
        Close.assertClose(value - bound, excess.total(), EXACT, roundOff, "total, " + what);
        Close.assertClose((value - bound) / value, certified.relativeGap(), EXACT, roundOff, "gap, " + what);

        UfmModel reduced = UfmModel.reduced(problem);
        UfmPoint means = model.reduce(point);
        Close.assertClose(value - reduced.value(means), excess.spread(), 1e-9, roundOff, "spread, " + what);
        // The best features save at most what the gradient allows: f is λ_H-strongly convex in them.
        double best = value - excess.withinClass();
        UfmObjective objective = reduced.objective();
        double[] gradient = new double[objective.dimension()];
        double atMeans = objective.linearize(objective.toVector(means), gradient);
        double squares = objective
                .toPoint(gradient)
                .features()
                .dot(objective.toPoint(gradient).features());
        Close.assertAtLeast(atMeans - squares / (2 * problem.lambdaH()) - roundOff, best, "best features, " + what);
        for (int trial = 0; trial < 20; trial++) {
            UfmPoint other = reduced.randomPoint(example.seeded().random(), 0.5);
            UfmPoint same = new UfmPoint(point.classifier(), other.features(), point.bias());
            Close.assertAtMost(reduced.value(same) + roundOff, best, "best features, " + what);
        }
    }

    static Stream<Case> solvable() {
        return Case.range(950, 6)
                .filter(example -> example.problem().featureDimension()
                        >= example.problem().maximalRank());
    }

    @ParameterizedTest
    @MethodSource("solvable")
    void atTheGlobalMinimumTheImpliedPenaltiesAreTheTrueOnes(Case example) {
        UfmProblem problem = example.problem();
        Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
        if (solution.rank() == 0) {
            assertInstanceOf(
                    Verdict.GlobalMinimum.class, zeroLayer(example, solution).verdict());
            return; // zero implies no penalty
        }
        int[] labels = Layers.shuffledLabels(problem, example.seeded());
        UfmModel model = UfmModel.full(problem, labels);
        LastLayer layer = Layers.of(model, labels, model.expand(solution.point()));
        LastLayerCertificate found = Layers.analyze(Layers.implied(problem, 1e-7), layer);
        String what = example.toString();
        Close.assertClose(problem.mu(), found.implied().mu(), 1e-8, "implied μ, " + what);
        Close.assertClose(problem.lambdaW(), found.lambdaW(), 1e-8, "implied λ_W, " + what);
        Close.assertClose(problem.lambdaH(), found.lambdaH(), 1e-8, "implied λ_H, " + what);
        Close.assertClose(1, found.sigmaOverMu(), 1e-8, "σ/μ, " + what);
        Certified certified = found.certified().orElseThrow();
        Close.assertClose(0, certified.relativeGap(), 0, 1e-8, "gap, " + what);
        Close.assertAtMost(1e-6, found.residualW(), "W, " + what);
        Close.assertAtMost(1e-6, found.residualH(), "H, " + what);
        Close.assertAtMost(1e-8, found.residualB(), "b, " + what);
        assertEquals(solution.rank(), found.rank(), what);
        assertInstanceOf(Verdict.GlobalMinimum.class, found.verdict(), what);
        double value = certified.objective();
        Close.assertClose(0, certified.excess().spread(), 0, EXACT * value, "spread, " + what);
        Close.assertClose(0, certified.excess().placement(), 0, 1e-9 * value, "placement, " + what);
    }

    private static LastLayerCertificate zeroLayer(Case example, Solution solution) {
        int[] labels = Layers.shuffledLabels(example.problem(), example.seeded());
        UfmModel model = UfmModel.full(example.problem(), labels);
        LastLayer layer = Layers.of(model, labels, model.expand(solution.point()));
        return Layers.analyze(Layers.given(example.problem(), 1e-7), layer);
    }

    /** Whatever the features, the best ones for the global minimum's W and b give the global minimum. */
    @ParameterizedTest
    @MethodSource("solvable")
    void withTheBestClassifierAllExcessIsWithinClasses(Case example) {
        UfmProblem problem = example.problem();
        Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
        int[] labels = Layers.shuffledLabels(problem, example.seeded());
        UfmModel model = UfmModel.full(problem, labels);
        UfmPoint random = model.randomPoint(example.seeded().random(), 1);
        UfmPoint best = solution.point();
        UfmPoint mixed = new UfmPoint(best.classifier(), random.features(), best.bias());
        Certified certified = Layers.analyze(Layers.given(problem, 1e-6), Layers.of(model, labels, mixed))
                .certified()
                .orElseThrow();
        String what = example.toString();
        Close.assertClose(0, certified.excess().betweenClass(), 0, 1e-9 * solution.objective(), what);
        Close.assertAtLeast(solution.objective() * 1e-6, certified.excess().withinClass(), what);
    }

    @ParameterizedTest
    @MethodSource("solvable")
    void aStationaryLayerOfLowerRankIsAStrictSaddle(Case example) {
        UfmProblem problem = example.problem();
        int[] labels = Layers.shuffledLabels(problem, example.seeded());
        UfmModel model = UfmModel.full(problem, labels);
        double lowest = new GlobalSolver(SolveOptions.defaults()).solve(problem).objective();
        for (UfmPoint point : CriticalPoints.ofEveryRank(problem, 1, 1)) {
            LastLayer layer = Layers.of(model, labels, model.expand(point));
            boolean zero = LinearAlgebra.svd(point.classifier()).values()[0] == 0;
            LastLayerCertificate found = Layers.analyze(Layers.given(problem, 1e-6), layer);
            boolean best = UfmModel.reduced(problem).value(point) <= lowest * (1 + 1e-9);
            Class<? extends Verdict> expected = best ? Verdict.GlobalMinimum.class : Verdict.StrictSaddle.class;
            assertInstanceOf(expected, found.verdict(), (zero ? "zero, " : "") + example);
        }
    }
}
