package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.solve.SolveOptions;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Certifies the last layer of a real network: implied penalties, stationarity, the certified global minimum of the model
 * with these penalties and class counts, and where the excess over it sits. Features are streamed twice; memory depends on
 * K and d, not on N.
 */
public final class LastLayerAnalysis {
    private static final double RANK_TOLERANCE = 1e-6;

    private final Options options;
    private final SolveListener listener;

    public LastLayerAnalysis(Options options, SolveListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /**
     * What to assume.
     *
     * @param loss the loss that the layer is judged by
     * @param lambdaW λ_W, or empty to use the implied one
     * @param lambdaH λ_H, or empty to use the implied one
     * @param lambdaB λ_b, 0 for a free bias; ignored for a layer without bias
     * @param tolerance relative gap up to which the layer counts as globally optimal, and relative residual up to which it
     *     counts as stationary; training in float32 does not reach the tolerances of a solver
     */
    public record Options(Loss loss, OptionalDouble lambdaW, OptionalDouble lambdaH, double lambdaB, double tolerance) {
        /** Implied penalties, a free bias, tolerance 1e-3. */
        public static Options of(Loss loss) {
            return new Options(loss, OptionalDouble.empty(), OptionalDouble.empty(), 0, 1e-3);
        }
    }

    /** Analyses a layer. */
    public LastLayerCertificate analyze(LastLayer layer) {
        LastLayerPass pass = LastLayerPass.over(layer, options.loss());
        double normW = layer.classifier().norm();
        double inner = pass.gradientTimesFeatures().dot(layer.classifier());
        ImpliedPenalty implied = ImpliedPenalty.of(inner, normW, pass.featureNorm());
        double lambdaW = options.lambdaW().orElse(implied.lambdaW());
        double lambdaH = options.lambdaH().orElse(implied.lambdaH());

        double residualW = pass.gradientTimesFeatures()
                .copy()
                .add(lambdaW, layer.classifier())
                .norm();
        double residualH = LastLayerPass.featureGradientNorm(layer, options.loss(), lambdaH);
        double[] ofBias = pass.biasGradient().clone();
        for (int k = 0; k < ofBias.length; k++) {
            ofBias[k] = layer.hasBias() ? ofBias[k] + options.lambdaB() * layer.bias()[k] : 0;
        }
        double residualB = Matrix.wrap(ofBias.length, 1, ofBias).norm();

        double[] singular = LinearAlgebra.svd(layer.classifier()).values();
        LastLayerCertificate uncertified = new LastLayerCertificate(
                pass.loss(),
                pass.accuracy(),
                implied,
                lambdaW,
                lambdaH,
                pass.sigmaMax(),
                residualW / (lambdaW * normW),
                residualH / (lambdaH * pass.featureNorm()),
                residualB,
                rank(singular),
                participationRatio(singular),
                Optional.empty());
        if (!(lambdaW > 0) || !(lambdaH > 0)) {
            return uncertified;
        }
        Certified certified = certify(layer, pass, uncertified);
        return new LastLayerCertificate(
                uncertified.loss(),
                uncertified.accuracy(),
                implied,
                lambdaW,
                lambdaH,
                uncertified.sigmaMax(),
                uncertified.residualW(),
                uncertified.residualH(),
                residualB,
                uncertified.rank(),
                uncertified.effectiveDimension(),
                Optional.of(certified));
    }

    private Certified certify(LastLayer layer, LastLayerPass pass, LastLayerCertificate found) {
        Bias bias = layer.hasBias() ? Bias.ofLambda(options.lambdaB()) : new Bias.None();
        UfmProblem problem = new UfmProblem(
                options.loss(), layer.counts(), layer.classifier().columns(), found.lambdaW(), found.lambdaH(), bias);
        Solution optimum = new GlobalSolver(SolveOptions.defaults(), listener).solve(problem);
        double featureNorm = pass.featureNorm();
        double objective = pass.loss()
                + found.lambdaW() / 2 * layer.classifier().dot(layer.classifier())
                + found.lambdaH() / 2 * featureNorm * featureNorm
                + bias.lambda()
                        / 2
                        * Matrix.wrap(layer.bias().length, 1, layer.bias())
                                .dot(Matrix.wrap(layer.bias().length, 1, layer.bias()));

        UfmModel reduced = UfmModel.reduced(problem);
        UfmPoint means = new UfmPoint(layer.classifier(), pass.scaledClassMeans(problem.counts()), layer.bias());
        double atMeans = reduced.value(means);
        double atBestFeatures = BestFeatures.value(reduced, means);
        Excess excess = new Excess(
                objective - atMeans,
                atMeans - atBestFeatures,
                atBestFeatures - optimum.lowerBound().value());
        Residuals residuals = new Residuals(found.residualW(), found.residualH(), found.residualB());
        Verdict verdict =
                LayerVerdict.within(reduced, means, residuals, objective, optimum.lowerBound(), options.tolerance());
        return new Certified(problem, objective, optimum, excess, verdict);
    }

    private static int rank(double[] singular) {
        int rank = 0;
        while (rank < singular.length && singular[rank] > RANK_TOLERANCE * singular[0]) {
            rank++;
        }
        return rank;
    }

    private static double participationRatio(double[] singular) {
        double squares = 0;
        double fourths = 0;
        for (double s : singular) {
            squares += s * s;
            fourths += s * s * s * s;
        }
        return fourths == 0 ? 0 : squares * squares / fourths;
    }
}
