package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.DualBound.BiasCost;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.TargetLayerCertificate.Certification;
import io.github.collapse4j.lastlayer.TargetLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.TargetLayerCertificate.Uncertified;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TargetSolution;
import io.github.collapse4j.solve.TargetSolver;
import io.github.collapse4j.stats.DoubledSums;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Certifies a last layer with a target for each sample, in three passes over features and targets, and a few more for a
 * free bias. Nothing is assumed about how many targets are equal: the layer's own residuals are a dual point
 * (docs/theory.md §10). If few targets are distinct, the model of their groups is solved as well, and the better of
 * both bounds counts.
 */
public final class TargetLayerAnalysis {
    /** Maximum number of outputs, for which K×K matrices are formed. */
    public static final int MOST_OUTPUTS = 2000;

    /** Maximum number of variables of a model that is solved: with more it would take minutes. */
    private static final long SOLVABLE = 20_000;

    private final Options options;

    public TargetLayerAnalysis(Options options) {
        this.options = options;
    }

    /**
     * Assumptions and tolerances.
     *
     * @param loss what is said about the loss
     * @param lambdaB λ_b, 0 for a free bias; ignored for a layer without a bias
     * @param tolerance relative gap up to which the layer counts as globally optimal, and relative residual up to which
     *     it counts as stationary
     */
    public record Options(TrainingLoss loss, Penalties.Given penalties, double lambdaB, double tolerance) {
        /** Implied penalties, a free bias, tolerance 1e-3. */
        public static Options of(TrainingLoss loss) {
            return new Options(loss, Penalties.Given.none(), 0, 1e-3);
        }
    }

    /**
     * Analyses a layer.
     *
     * @throws IllegalArgumentException with a one-line message if targets, features or weights are inconsistent or
     *     unsuitable for the loss, or the bias has no minimum
     */
    public TargetLayerCertificate analyze(TargetLayer layer) {
        return analyze(layer, TargetSummary.of(layer.targets(), options.loss().kind()));
    }

    /** Analyses a layer whose targets have been read before. */
    public TargetLayerCertificate analyze(TargetLayer layer, TargetSummary summary) {
        Matrix w = layer.classifier();
        if (w.rows() > MOST_OUTPUTS) {
            throw new IllegalArgumentException(
                    "targets: expected at most " + MOST_OUTPUTS + " outputs, found " + w.rows());
        }
        ClassCounts all = ClassCounts.of(summary.samples());
        TrainingLoss ofAll = options.loss().adjustedTo(all, summary.mean());
        if (ofAll.frequencies().isPresent() && options.loss().frequencies().isEmpty()) {
            return new TargetLayerAnalysis(
                            new Options(ofAll, options.penalties(), options.lambdaB(), options.tolerance()))
                    .analyze(layer, summary);
        }
        Loss ofMean = ofAll.ofTargets(all, summary.mean());
        Bias bias = layer.bias().isEmpty() ? new Bias.None() : Bias.ofLambda(options.lambdaB());
        ofMean.check(all, bias instanceof Bias.Free);
        int batchSize = (int) Math.min(summary.samples(), layer.batchSize(ofMean));
        TargetLayerPass pass = TargetLayerPass.over(layer, options.loss(), batchSize);
        double inner = pass.gradientTimesFeatures().dot(w);
        ImpliedPenalty implied = ImpliedPenalty.of(inner, w.norm(), pass.featureNorm());
        Penalties penalties = Penalties.of(options.penalties(), implied, w.norm(), pass.featureNorm());
        Certification certification = noModel(pass, w, inner, implied, penalties)
                .<Certification>map(Uncertified::new)
                .orElseGet(() -> {
                    UfmProblem problem =
                            new UfmProblem(ofMean, all, w.columns(), penalties.lambdaW(), penalties.lambdaH(), bias);
                    return certify(layer, summary, pass, problem, batchSize);
                });
        return new TargetLayerCertificate(
                summary, w.columns(), pass.loss(), pass.accuracy(), implied, penalties, pass.sigmaMax(), certification);
    }

    private static Optional<Reason> noModel(
            TargetLayerPass pass, Matrix w, double inner, ImpliedPenalty implied, Penalties penalties) {
        double lambdaW = penalties.lambdaW();
        double lambdaH = penalties.lambdaH();
        if (!Double.isFinite(pass.loss()) || !Double.isFinite(pass.featureNorm())) {
            return Optional.of(new Reason.NotFinite("the loss or the norm of the features"));
        }
        if (lambdaW > 0 && lambdaH > 0 && Double.isFinite(lambdaW) && Double.isFinite(lambdaH)) {
            return Optional.empty();
        }
        if (inner > 0 && Double.isFinite(implied.mu())) {
            return Optional.of(new Reason.OtherSamples(inner, implied.mu()));
        }
        if (inner != 0) {
            return Optional.of(new Reason.NotFinite("a penalty"));
        }
        return Optional.of(new Reason.NoPenalty(
                w.norm() == 0
                        ? "the weights are zero"
                        : pass.featureNorm() == 0 ? "the features are zero" : "⟨∇g, WH⟩ is zero"));
    }

    /**
     * Compares the layer with the model.
     *
     * @param ofMean the model of one group with the mean target, on which alone the cost of the bias depends
     */
    private Certified certify(
            TargetLayer layer, TargetSummary summary, TargetLayerPass pass, UfmProblem ofMean, int batchSize) {
        Matrix w = layer.classifier();
        double[] b = layer.offsets();
        double objective = pass.loss()
                + ofMean.lambdaW() / 2 * w.dot(w)
                + ofMean.lambdaH() / 2 * pass.featureNorm() * pass.featureNorm()
                + ofMean.bias().lambda() / 2 * Vectors.dot(b, b);
        LowerBound own = ofMean.bias() instanceof Bias.Free
                ? freeBound(layer, ofMean, batchSize, objective)
                : bound(layer, pass, ofMean, batchSize, objective);
        Optional<TargetSolution> solution = solve(summary, ofMean);
        LowerBound bound = solution.map(TargetSolution::lowerBound)
                .filter(solved -> solved.value() > own.value())
                .orElse(own);
        Residuals residuals = residuals(layer, pass, ofMean, batchSize);
        return new Certified(
                ofMean.bias(),
                objective,
                pass.sigmaMax() / ofMean.mu(),
                residuals,
                bound,
                solution.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(solution.get().twinObjective()),
                verdict(objective, bound, residuals));
    }

    /** The bound of the layer with the best bias, which alone nearly satisfies ∇g·1 = 0. */
    private LowerBound freeBound(TargetLayer layer, UfmProblem ofMean, int batchSize, double objective) {
        TargetLayer improved = FreeTargetBias.improve(layer, options.loss(), batchSize);
        TargetLayerPass pass = TargetLayerPass.over(improved, options.loss(), batchSize);
        return bound(improved, pass, ofMean, batchSize, objective);
    }

    /** The bound from the residuals of a layer. */
    private LowerBound bound(
            TargetLayer layer, TargetLayerPass pass, UfmProblem ofMean, int batchSize, double objective) {
        double scale = DualBound.scale(pass.sigmaMax(), ofMean.mu());
        double samples = layer.targets().samples();
        DoubledSums sums = new DoubledSums(2);
        layer.forEach(
                options.loss(),
                batchSize,
                batch -> sums.add(
                        batch.data().conjugate(batch.residual(), scale),
                        batch.data().sensitivity(batch.residual(), scale)));
        return DualBound.of(
                sums.values()[0] / samples,
                sums.values()[1] / samples,
                layer.classifier().rows() + batchSize,
                pass.sigmaMax(),
                scale,
                biasCost(ofMean, pass, batchSize, objective));
    }

    private static BiasCost biasCost(UfmProblem ofMean, TargetLayerPass pass, int batchSize, double objective) {
        double[] ones = new double[pass.biasGradient().length];
        Arrays.fill(ones, 1);
        return BiasCost.of(
                ofMean,
                pass.biasGradient(),
                ones,
                Vectors.sum(pass.biasTerms()),
                ones.length + batchSize,
                objective,
                1); // each sample may have a target of its own
    }

    private Residuals residuals(TargetLayer layer, TargetLayerPass pass, UfmProblem problem, int batchSize) {
        Matrix w = layer.classifier();
        double ofBias = layer.bias()
                .map(b -> Residuals.ofBias(
                        pass.biasGradient(), pass.biasTerms(), b, problem.bias().lambda()))
                .orElse(0.0);
        return Residuals.of(
                problem.lambdaW(),
                problem.lambdaH(),
                pass.gradientTimesFeatures().copy().add(problem.lambdaW(), w).norm(),
                featureGradient(layer, problem.lambdaH(), batchSize),
                w.norm(),
                pass.featureNorm(),
                ofBias);
    }

    /** The optimum for any feature dimension, if the model is small. */
    private Optional<TargetSolution> solve(TargetSummary summary, UfmProblem ofMean) {
        return summary.groups().filter(groups -> groups.counts().classes() > 1).flatMap(groups -> {
            UfmProblem grouped = new UfmProblem(
                    options.loss().ofTargets(groups.counts(), groups.targets()),
                    groups.counts(),
                    ofMean.featureDimension(),
                    ofMean.lambdaW(),
                    ofMean.lambdaH(),
                    ofMean.bias());
            int d = Math.max(1, grouped.maximalRank());
            return (long) d * (grouped.classes() + grouped.groups()) > SOLVABLE
                    ? Optional.empty()
                    : Optional.of(new TargetSolver(SolveOptions.defaults().withStarts(4))
                            .solve(grouped.withFeatureDimension(d)));
        });
    }

    private Verdict verdict(double objective, LowerBound bound, Residuals residuals) {
        double gap = Math.max(0, bound.relativeGap(objective));
        if (gap <= options.tolerance()) {
            return new Verdict.GlobalMinimum(objective, bound, gap, options.tolerance());
        }
        return residuals.largest() <= options.tolerance()
                ? new Verdict.Undecided(new Reason.GapRemains(gap, options.tolerance()))
                : new Verdict.NotCritical(residuals, gap, options.tolerance());
    }

    /** ‖Wᵀ∇g + λ_H H‖, whose terms cancel near an optimum and need a pass of their own. */
    private double featureGradient(TargetLayer layer, double lambdaH, int batchSize) {
        double samples = layer.targets().samples();
        DoubledSums squares = new DoubledSums(1);
        layer.forEach(options.loss(), batchSize, batch -> {
            Matrix gradient = batch.features().copy();
            LinearAlgebra.multiply(
                    1 / samples, layer.classifier(), Op.TRANSPOSE, batch.residual(), Op.NONE, lambdaH, gradient);
            squares.add(gradient.dot(gradient));
        });
        return Math.sqrt(squares.values()[0]);
    }
}
