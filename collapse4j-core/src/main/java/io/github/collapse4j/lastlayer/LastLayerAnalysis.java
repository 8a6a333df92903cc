package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.SquaredErrorBound;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certification;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Uncertified;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TwinBracket;
import io.github.collapse4j.solve.TwinBracketing;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Certifies the last layer of a real network: implied penalties, stationarity, the certified global minimum of the
 * model with these penalties and class counts, and where the excess over it sits. Features are streamed once, or twice
 * near an optimum; memory is a few K×d matrices and a batch of logits.
 */
public final class LastLayerAnalysis {
    /** Maximum number of classes for which K×K matrices are formed. */
    private static final int WHOLE_GRADIENT = 2000;

    /** σ_max/μ above which the layer's own residuals give no useful bound. */
    private static final double NEAR_OPTIMUM = 1.05;

    /** K²d up to which the best features are computed to round-off accuracy. */
    private static final double CHEAP = 1e8;

    private static final double EXACT = 1e-13;

    private final Options options;
    private final SolveListener listener;

    public LastLayerAnalysis(Options options, SolveListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /**
     * Assumptions and tolerances.
     *
     * @param loss the loss by which the layer is judged
     * @param penalties those that are known
     * @param lambdaB λ_b, 0 for a free bias; ignored for a layer without a bias
     * @param tolerance relative gap up to which the layer counts as globally optimal, and relative residual up to which
     *     it counts as stationary; training in float32 does not reach the tolerances of a solver
     * @param slack share of the layer's excess that the lower bound may leave open where solving to the end would take
     *     long
     * @param features the domain of the features; empty to take them as non-negative if none is negative
     */
    public record Options(
            Loss loss,
            Penalties.Given penalties,
            double lambdaB,
            double tolerance,
            double slack,
            Optional<FeatureDomain> features) {
        /** Slack 1 %, free features. */
        public Options(Loss loss, Penalties.Given penalties, double lambdaB, double tolerance) {
            this(loss, penalties, lambdaB, tolerance, 0.01, Optional.of(FeatureDomain.FREE));
        }

        /** These options for features that may have any sign. */
        Options ofFreeFeatures() {
            Optional<FeatureDomain> free = Optional.of(FeatureDomain.FREE);
            return new Options(loss, penalties, lambdaB, tolerance, slack, free);
        }

        /** Implied penalties, a free bias, tolerance 1e-3. */
        public static Options of(Loss loss) {
            return new Options(loss, Penalties.Given.none(), 0, 1e-3);
        }
    }

    /**
     * Analyses a layer.
     *
     * @throws NegativeFeaturesException if the options call for non-negative features and some are negative
     */
    public LastLayerCertificate analyze(LastLayer layer) {
        return analyze(layer, LastLayerPass.over(layer, options.loss()));
    }

    LastLayerCertificate analyze(LastLayer layer, LastLayerPass pass) {
        return analyze(layer, pass, LinearAlgebra.singularValues(layer.classifier()));
    }

    /** @param singular the singular values of W, descending */
    LastLayerCertificate analyze(LastLayer layer, LastLayerPass pass, double[] singular) {
        if (options.features().filter(FeatureDomain.NONNEGATIVE::equals).isPresent() && !pass.isNonnegative()) {
            throw new NegativeFeaturesException();
        }
        double normW = layer.classifier().norm();
        double inner = pass.gradientTimesFeatures().dot(layer.classifier());
        ImpliedPenalty implied = ImpliedPenalty.of(inner, normW, pass.featureNorm());
        Penalties penalties = Penalties.of(options.penalties(), implied, normW, pass.featureNorm());
        double lambdaW = penalties.lambdaW();
        double lambdaH = penalties.lambdaH();

        double objective = objective(layer, pass, lambdaW, lambdaH);
        Residuals residuals = residuals(layer, pass, lambdaW, lambdaH);
        Certification certification = LayerVerdict.noModel(layer, pass, lambdaW, lambdaH, objective)
                .<Certification>map(Uncertified::new)
                .orElseGet(() -> certify(layer, pass, lambdaW, lambdaH, objective, residuals));
        return new LastLayerCertificate(
                pass.counts(),
                pass.loss(),
                pass.accuracy(),
                implied,
                penalties,
                pass.sigmaMax(),
                pass.sigmaIsExact(),
                residuals.classifier(),
                residuals.features(),
                residuals.bias(),
                rank(layer, singular, residuals, pass.sigmaMax() / Math.sqrt(lambdaW * lambdaH)),
                participationRatio(singular),
                certification);
    }

    private boolean isNonnegative(LastLayerPass pass) {
        return options.features().orElse(FeatureDomain.NONNEGATIVE) == FeatureDomain.NONNEGATIVE
                && pass.isNonnegative();
    }

    private double objective(LastLayer layer, LastLayerPass pass, double lambdaW, double lambdaH) {
        boolean biasCosts = layer.hasBias() && options.lambdaB() > 0;
        double ofBias = biasCosts ? options.lambdaB() * Vectors.dot(layer.bias(), layer.bias()) : 0;
        return pass.loss()
                + lambdaW / 2 * layer.classifier().dot(layer.classifier())
                + lambdaH / 2 * pass.featureNorm() * pass.featureNorm()
                + ofBias / 2;
    }

    private Residuals residuals(LastLayer layer, LastLayerPass pass, double lambdaW, double lambdaH) {
        double ofW = pass.gradientTimesFeatures()
                .copy()
                .add(lambdaW, layer.classifier())
                .norm();
        double inner = pass.gradientTimesFeatures().dot(layer.classifier());
        double ofH = isNonnegative(pass)
                ? pass.projectedGradientNorm(layer, options.loss(), lambdaH, inner)
                : pass.featureGradientNorm(layer, options.loss(), lambdaH, inner);
        double ofBias = layer.hasBias()
                ? Residuals.ofBias(pass.biasGradient(), pass.biasTerms(), layer.bias(), options.lambdaB())
                : 0;
        return Residuals.of(lambdaW, lambdaH, ofW, ofH, layer.classifier().norm(), pass.featureNorm(), ofBias);
    }

    private Certified certify(
            LastLayer layer,
            LastLayerPass pass,
            double lambdaW,
            double lambdaH,
            double objective,
            Residuals residuals) {
        Bias bias = layer.hasBias() ? Bias.ofLambda(options.lambdaB()) : new Bias.None();
        UfmProblem problem =
                new UfmProblem(options.loss(), pass.counts(), layer.classifier().columns(), lambdaW, lambdaH, bias);
        UfmModel reduced = UfmModel.reduced(problem);
        Supplier<UfmPoint> means = () -> new UfmPoint(layer.classifier(), pass.scaledClassMeans(), layer.bias());
        TwinBracketing.Goal goal = new TwinBracketing.Goal(objective, options.slack(), options.tolerance());
        TwinBracket twin = new TwinBracketing(SolveOptions.defaults(), listener)
                .bracket(problem, goal, () -> boundOfMeans(reduced, means, pass));
        LowerBound ofFree =
                problem.classes() <= WHOLE_GRADIENT ? SquaredErrorBound.tighten(problem, twin.lower()) : twin.lower();
        Optional<NonnegativeOptimum> nonnegative =
                isNonnegative(pass) ? NonnegativeLayer.optimum(problem, means.get(), ofFree) : Optional.empty();
        LowerBound bound = nonnegative.map(NonnegativeOptimum::lowerBound).orElse(ofFree);

        double work = (double) problem.classes() * problem.classes() * problem.featureDimension();
        double allowed = work <= CHEAP ? EXACT * objective : options.slack() / 10 * (objective - bound.value());
        BestFeatures best = nonnegative.isPresent()
                ? NonnegativeLayer.bestFeatures(reduced, means.get())
                : BestFeatures.of(problem, layer, pass, allowed);
        Excess excess =
                new Excess(objective - best.atMeans(), best.atMeans() - best.atBest(), best.atBest() - bound.value());
        Verdict verdict =
                LayerVerdict.within(reduced, means, residuals, objective, bound, options.tolerance(), nonnegative);
        return new Certified(problem, objective, bound, twin, excess, verdict, nonnegative);
    }

    /** The bound from the layer's own class means, if it can be useful and its K×K matrix is small. */
    private static LowerBound boundOfMeans(UfmModel reduced, Supplier<UfmPoint> means, LastLayerPass pass) {
        UfmProblem problem = reduced.problem();
        if (problem.classes() > WHOLE_GRADIENT || pass.sigmaMax() > NEAR_OPTIMUM * problem.mu()) {
            return LowerBound.NONE;
        }
        UfmPoint point = means.get();
        return DualBound.of(reduced, point, reduced.value(point));
    }

    /**
     * At a stationary layer, a singular value s_j outside the active pairs of ∇g is as small as the residuals (§4).
     */
    private int rank(LastLayer layer, double[] singular, Residuals residuals, double sigmaOverMu) {
        boolean stationary = residuals.largest() <= options.tolerance();
        double noise = stationary ? residuals.classifier() + sigmaOverMu * residuals.features() : 0;
        return WeightRank.of(layer.classifier(), singular, noise);
    }

    private static double participationRatio(double[] singular) {
        double squares = 0;
        double fourths = 0;
        for (double s : singular) {
            double share = s / singular[0];
            squares += share * share;
            fourths += share * share * share * share;
        }
        return singular[0] == 0 ? 0 : squares * squares / fourths;
    }
}
