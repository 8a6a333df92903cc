package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.TrainedProblems;
import io.github.collapse4j.fixtures.TrainedProblems.Trained;
import io.github.collapse4j.lastlayer.TargetLayerCertificate.Certified;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TargetSolution;
import io.github.collapse4j.solve.TargetSolver;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer with a target for each sample is a point of the model of groups of equal targets (docs/theory.md §10). */
class TargetLayerAnalysisTest {
    record Case(Trained trained, Seeded seeded) {
        UfmProblem problem() {
            return trained.problem();
        }

        @Override
        public String toString() {
            return trained + ", " + seeded;
        }
    }

    static Stream<Case> cases() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(BiasKind.values())
                        .flatMap(bias -> Seeded.range(4700, 3)
                                .map(seeded -> new Case(TrainedProblems.ofTargets(kind, bias, seeded), seeded))));
    }

    /** The full model's point as a layer, its samples group by group. */
    private static TargetLayer layer(UfmModel full, Matrix targets, UfmPoint point) {
        Matrix ofSamples = Matrix.zeros(targets.rows(), full.columns());
        for (int i = 0; i < full.columns(); i++) {
            System.arraycopy(targets.column(full.label(i)), 0, ofSamples.data(), i * targets.rows(), targets.rows());
        }
        return new TargetLayer(
                new FeatureSamples(point.features(), new int[full.columns()], 1),
                SampleTargets.of(ofSamples),
                point.classifier(),
                full.problem().bias().isPresent() ? Optional.of(point.bias()) : Optional.empty());
    }

    private static TargetLayerAnalysis analysis(UfmProblem problem, TrainingLoss statement, double tolerance) {
        return new TargetLayerAnalysis(new TargetLayerAnalysis.Options(
                statement,
                new Penalties.Given(
                        OptionalDouble.of(problem.lambdaW()),
                        OptionalDouble.of(problem.lambdaH()),
                        OptionalDouble.empty()),
                problem.bias().lambda(),
                tolerance));
    }

    private static Certified certified(TargetLayerCertificate certificate) {
        return assertInstanceOf(Certified.class, certificate.certification());
    }

    /** As if all targets were distinct and too many. */
    private static TargetSummary withoutGroups(TargetLayer layer, Kind kind) {
        TargetSummary summary = TargetSummary.of(layer.targets(), kind);
        return new TargetSummary(summary.samples(), summary.mean(), Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOptimumIsGlobalByTheSolverAndByItsOwnDualPoint(Case example) {
        UfmProblem problem = example.problem();
        Kind kind = example.trained().statement().kind();
        TargetSolution solution = new TargetSolver(SolveOptions.defaults().withRelativeGap(1e-12)).solve(problem);
        UfmModel full = UfmModel.full(problem);
        TargetLayer layer = layer(full, example.trained().targets(), full.expand(solution.point()));
        TargetLayerAnalysis analysis = analysis(problem, example.trained().statement(), 1e-9);

        TargetLayerCertificate solved = analysis.analyze(layer);
        assertEquals(problem.counts().samples(), solved.summary().samples());
        assertTrue(solved.summary().groups().orElseThrow().counts().classes() <= problem.groups());
        assertEquals(solution.objective(), certified(solved).objective(), 1e-13 * solution.objective());
        assertTrue(certified(solved).relativeGap() <= 1e-10, certified(solved)::toString);
        assertInstanceOf(Verdict.GlobalMinimum.class, solved.verdict());
        assertEquals(solution.objective(), certified(solved).optimum().orElseThrow(), 1e-10 * solution.objective());

        Certified alone = certified(analysis.analyze(layer, withoutGroups(layer, kind)));
        assertTrue(alone.optimum().isEmpty());
        assertTrue(alone.bound().value() <= solution.objective());
        assertTrue(alone.relativeGap() <= 1e-9, alone::toString);
        assertEquals(1, alone.gaugeOverMu(), 1e-7);
        assertTrue(alone.residuals().largest() < 1e-6, alone::toString);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyNumberOfARandomLayerIsThatOfTheFullModel(Case example) {
        UfmProblem problem = example.problem();
        TrainingLoss statement = example.trained().statement();
        double optimum =
                new TargetSolver(SolveOptions.defaults()).solve(problem).objective();
        UfmModel full = UfmModel.full(problem);
        for (double size : new double[] {0.1, 1, 4}) {
            UfmPoint point = full.randomPoint(example.seeded().random(), size);
            TargetLayer layer = layer(full, example.trained().targets(), point);
            TargetLayerCertificate certificate =
                    analysis(problem, statement, 1e-9).analyze(layer, withoutGroups(layer, statement.kind()));
            Certified found = certified(certificate);
            double value = full.value(point);
            assertEquals(value, found.objective(), 1e-12 * value);
            Matrix residual = Matrix.zeros(problem.classes(), full.columns());
            full.dataTerm().evaluate(full.logits(point.product(), point.bias()), residual);
            double sigma = SpectralNorm.of(residual) / full.columns();
            assertEquals(sigma, certificate.sigmaMax(), 1e-11 * sigma);
            assertTrue(certificate.sigmaMax() >= sigma * (1 - 1e-15));
            assertTrue(found.bound().value() <= optimum * (1 + 1e-12), found::toString);
            assertInstanceOf(Verdict.NotCritical.class, found.verdict());
            Residuals residuals = new Assessor(Assessor.Options.defaults())
                    .assess(full, point)
                    .facts()
                    .residuals();
            assertEquals(residuals.classifier(), found.residuals().classifier(), 1e-10 * residuals.classifier());
            assertEquals(residuals.features(), found.residuals().features(), 1e-10 * residuals.features());
            assertEquals(residuals.bias(), found.residuals().bias(), 1e-10);
        }
    }

    static Stream<Arguments> plain() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(BiasKind.values()).map(bias -> Arguments.of(kind, bias)));
    }

    /** {@code −Σ ℓ*(c e_i)/N − c²‖β‖²/(2λ_b)} from the definitions; with a free bias, at the best one. */
    @ParameterizedTest
    @MethodSource("plain")
    void theBoundIsThatOfADenseComputation(Kind kind, BiasKind biasKind) {
        int outputs = 3;
        int samples = 14;
        Seeded seeded = Seeded.of(4720);
        Matrix targets = Matrix.zeros(outputs, samples);
        for (int i = 0; i < samples; i++) {
            double share = 0.1 + 0.8 * seeded.random().nextDouble();
            targets.set(i % outputs, i, share);
            targets.set((i + 1) % outputs, i, 1 - share);
        }
        Bias bias = switch (biasKind) {
            case NONE -> new Bias.None();
            case FREE -> new Bias.Free();
            case REGULARISED -> new Bias.Regularised(1);
        };
        TrainingLoss loss = TrainingLoss.of(kind);
        ClassCounts ones = ClassCounts.balanced(samples, 1);
        UfmProblem problem = new UfmProblem(loss.ofTargets(ones, targets), ones, 2, 0.1, 0.05, bias);
        UfmModel full = UfmModel.full(problem);
        for (double size : new double[] {0.1, 0.4}) {
            UfmPoint point = full.randomPoint(seeded.random(), size);
            TargetLayer layer = layer(full, targets, point);
            Certified found = certified(analysis(problem, loss, 1e-9).analyze(layer, withoutGroups(layer, kind)));
            double expected = DenseTargetBound.of(kind, targets, point, bias, problem.mu());
            assertTrue(expected > 0.01, "a bound that shows something");
            assertTrue(found.bound().value() <= expected, found.bound() + " above " + expected);
            assertEquals(expected, found.bound().value(), 1e-11);
        }
    }

    @ParameterizedTest
    @EnumSource(BiasKind.class)
    void mixturesOfWhichNoTwoAreEqualAreCertifiedByTheirOwnDualPoint(BiasKind bias) {
        int samples = 320;
        Seeded seeded = Seeded.of(12);
        Matrix targets = Matrix.zeros(3, samples);
        for (int i = 0; i < samples; i++) {
            double share = seeded.random().nextDouble();
            int first = seeded.between(0, 2);
            targets.set(first, i, share);
            targets.set((first + 1) % 3, i, 1 - share);
        }
        TrainingLoss loss = TrainingLoss.of(Kind.SOFTMAX);
        ClassCounts ones = ClassCounts.balanced(samples, 1);
        Bias ofModel = switch (bias) {
            case NONE -> new Bias.None();
            case FREE -> new Bias.Free();
            case REGULARISED -> new Bias.Regularised(0.01);
        };
        UfmProblem problem = new UfmProblem(loss.ofTargets(ones, targets), ones, 4, 5e-3, 5e-5, ofModel);
        TargetSolution solution = new TargetSolver(SolveOptions.defaults()).solve(problem);
        UfmModel full = UfmModel.full(problem);
        TargetLayer layer = layer(full, targets, full.expand(solution.point()));
        TargetLayerCertificate certificate = analysis(problem, loss, 1e-9).analyze(layer);
        assertTrue(certificate.summary().groups().isEmpty());
        assertTrue(certified(certificate).optimum().isEmpty());
        assertTrue(certified(certificate).relativeGap() <= 1e-9, certified(certificate)::toString);
        assertInstanceOf(Verdict.GlobalMinimum.class, certificate.verdict());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFreeBiasThatIsSlightlyOffCostsLittle(Kind kind) {
        Trained trained = TrainedProblems.ofTargets(kind, BiasKind.FREE, Seeded.of(4703));
        UfmProblem problem = trained.problem();
        UfmModel full = UfmModel.full(problem);
        UfmPoint optimum = full.expand(new TargetSolver(SolveOptions.defaults().withRelativeGap(1e-12))
                .solve(problem)
                .point());
        double[] bias = optimum.bias().clone();
        bias[0] += 1e-4;
        TargetLayer layer =
                layer(full, trained.targets(), new UfmPoint(optimum.classifier(), optimum.features(), bias));
        Certified found =
                certified(analysis(problem, trained.statement(), 1e-3).analyze(layer, withoutGroups(layer, kind)));
        assertTrue(found.residuals().bias() > 1e-6, found::toString);
        assertTrue(found.relativeGap() <= 1e-7, found::toString);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void oneHotTargetsAreClasses(Kind kind) {
        Seeded seeded = Seeded.of(77);
        TrainingLoss statement = TrainingLoss.of(kind).withSmoothing(0.1);
        ClassCounts counts = ClassCounts.of(9, 5, 2);
        UfmProblem problem =
                new UfmProblem(statement.ofClasses(counts), counts, 4, 5e-3, 1e-3, new Bias.Regularised(0.1));
        UfmModel full = UfmModel.full(problem);
        UfmPoint start = full.randomPoint(seeded.random(), 0.1);
        // ⟨∇g, WH⟩ < 0 for logits near their targets, so penalties are implied.
        Matrix classifier = Matrix.zeros(3, 4);
        Matrix features = start.features().copy();
        for (int k = 0; k < 3; k++) {
            classifier.set(k, k, 1);
        }
        int[] labels = new int[full.columns()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = full.label(i);
            features.set(labels[i], i, features.get(labels[i], i) + 0.3);
        }
        UfmPoint point = new UfmPoint(classifier, features, start.bias());
        LastLayerCertificate expected = Layers.analyze(Layers.implied(problem, 1e-3), Layers.of(full, labels, point));
        TargetLayerCertificate found = new TargetLayerAnalysis(
                        new TargetLayerAnalysis.Options(statement, Penalties.Given.none(), 0.1, 1e-3))
                .analyze(layer(full, Matrix.identity(3), point));
        assertEquals(expected.loss(), found.loss(), 1e-13 * expected.loss());
        assertEquals(expected.accuracy(), found.accuracy());
        assertEquals(expected.penalties().lambdaW(), found.penalties().lambdaW(), 1e-12);
        assertEquals(expected.penalties().lambdaH(), found.penalties().lambdaH(), 1e-12);
        assertEquals(Penalties.Source.IMPLIED, found.penalties().sourceW());
        LastLayerCertificate.Certified ofLabels = expected.certified().orElseThrow();
        assertEquals(ofLabels.objective(), certified(found).objective(), 1e-13 * ofLabels.objective());
        assertEquals(ofLabels.lowerBound().value(), certified(found).bound().value(), 1e-2 * ofLabels.objective());
        assertEquals(expected.residualW(), certified(found).residuals().classifier(), 1e-10);
    }

    @Test
    void saysWhatDoesNotFit() {
        TargetLayer layer = new TargetLayer(
                new FeatureSamples(Matrix.ofRows(new double[] {1, 2}), new int[2], 1),
                SampleTargets.of(Matrix.ofRows(new double[] {1, 0.5}, new double[] {0, 0.25})),
                Matrix.ofRows(new double[] {1}, new double[] {-1}),
                Optional.empty());
        TargetLayerAnalysis analysis =
                new TargetLayerAnalysis(TargetLayerAnalysis.Options.of(TrainingLoss.of(Kind.SOFTMAX)));
        assertEquals(
                "targets: expected distributions that sum to 1, found a sum of 0.75 in row 1",
                assertThrows(IllegalArgumentException.class, () -> analysis.analyze(layer))
                        .getMessage());
        SampleTargets three = SampleTargets.of(Matrix.zeros(2, 3));
        assertEquals(
                "targets: expected a row for each of the 2 samples, found 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TargetLayer(layer.samples(), three, layer.classifier(), layer.bias()))
                        .getMessage());
    }

    @Test
    void withoutAGradientNoPenaltyIsImplied() {
        TargetLayer zero = new TargetLayer(
                new FeatureSamples(Matrix.ofRows(new double[] {1, 2}), new int[2], 1),
                SampleTargets.of(Matrix.ofRows(new double[] {1, 0.5}, new double[] {0, 0.5})),
                Matrix.zeros(2, 1),
                Optional.empty());
        TargetLayerCertificate certificate =
                new TargetLayerAnalysis(TargetLayerAnalysis.Options.of(TrainingLoss.of(Kind.SOFTMAX))).analyze(zero);
        assertTrue(certificate.verdict().explanation().startsWith("undecided: the weights are zero"));
    }

    /** Margins belong to the class of a sample; a class that no target wants has no logarithm of a frequency. */
    @Test
    void whatTargetsLeaveUndefinedIsRefusedByName() {
        ClassCounts counts = ClassCounts.of(3, 2);
        Matrix targets = Matrix.wrap(3, 2, new double[] {0.5, 0.5, 0, 1, 0, 0});
        TrainingLoss loss = TrainingLoss.of(Kind.SOFTMAX);
        assertEquals(
                "margins: expected class labels, as a margin is subtracted from the logit of the sample's class, found"
                        + " targets",
                refused(loss.withMargins(1, 0, 0), counts, targets));
        assertEquals(
                "logit adjustment: expected targets that want every class, as it takes the logarithm of their mean; found"
                        + " none for class 2",
                refused(loss.withLogitAdjustment(1), counts, targets));
    }

    /** Double precision cannot tell a minimum there. */
    @Test
    void numbersBeyondAllMeasureAreRefusedByName() {
        ClassCounts counts = ClassCounts.of(9, 5, 2);
        TrainingLoss softmax = TrainingLoss.of(Kind.SOFTMAX);
        String tau = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> softmax.withLogitAdjustment(-1e300).ofClasses(counts))
                .getMessage());
        assertTrue(tau.startsWith("logit adjustment: expected to move logits by at most 10000.0 from one"), tau);
        assertEquals(
                "margins: expected at most 10000.0, found 1.0E300 of class 1",
                assertThrows(IllegalArgumentException.class, () -> softmax.withMargins(0, 1e300, 0))
                        .getMessage());
        TrainingLoss sigmoid = TrainingLoss.of(Kind.SIGMOID);
        assertEquals(
                "positive weights: expected at most 1.0E12, found 1.0E300 of class 0",
                assertThrows(IllegalArgumentException.class, () -> sigmoid.withPositiveWeights(1e300, 1, 1))
                        .getMessage());
    }

    private static String refused(TrainingLoss loss, ClassCounts counts, Matrix targets) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> loss.ofTargets(counts, targets))
                .getMessage());
    }
}
