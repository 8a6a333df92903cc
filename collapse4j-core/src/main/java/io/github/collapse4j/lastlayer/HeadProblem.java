package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.measure.PassSums;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.SmoothFunction;
import java.util.Arrays;
import java.util.Optional;

/**
 * The head as a problem of its own: {@code F(W, b) = g + λ_W/2‖W‖² + λ_b/2‖b‖²} for fixed features, strongly convex.
 * Variables are W in column-major order, then {@code √(λ_b/λ_W)·b}, so that F is λ_W-strongly convex in them. Every
 * evaluation is a pass over the samples.
 */
final class HeadProblem implements SmoothFunction {
    /** The gain counts as known when its range is at most this share of F. */
    private static final double RESOLUTION = 1e-3;

    /** L-BFGS takes 10 to 20 passes for trained networks. */
    private static final int MAX_PASSES = 60;

    private final LastLayer layer;
    private final Loss loss;
    private final double lambda;
    private final double biasUnit;
    private double best = Double.POSITIVE_INFINITY;
    private double bestOfFreeBias = Double.POSITIVE_INFINITY;
    private double bound = Double.NEGATIVE_INFINITY;
    private int passes;

    private HeadProblem(LastLayer layer, Loss loss, double lambdaW, double lambdaB) {
        this.layer = layer;
        this.loss = loss;
        this.lambda = lambdaW;
        this.biasUnit = Math.sqrt(lambdaB / lambdaW);
    }

    /**
     * The statement on a head.
     *
     * @param lambdaW λ_W, positive
     * @param lambdaB λ_b, positive
     * @param isAssumed whether λ_b is assumed, so that the bias may have no penalty
     * @param solve whether to search for a better head, in a few passes over the samples
     */
    static HeadStatement statement(
            LastLayer layer,
            Loss loss,
            LastLayerPass pass,
            double lambdaW,
            double lambdaB,
            boolean isAssumed,
            boolean solve) {
        HeadProblem problem = new HeadProblem(layer, loss, lambdaW, lambdaB);
        double[] start = problem.start();
        double[] gradient = new double[start.length];
        double objective =
                problem.evaluate(start, pass.loss(), pass.gradientTimesFeatures(), pass.biasGradient(), gradient);
        double gradientBound = problem.share(objective);
        double inner = pass.gradientTimesFeatures().dot(layer.classifier());
        double implied = -inner / layer.classifier().dot(layer.classifier());
        Optional<HeadStatement.Solved> solved =
                solve && gradientBound > 0 ? Optional.of(problem.solve(start, objective)) : Optional.empty();
        return new HeadStatement(lambdaW, lambdaB, isAssumed, objective, gradientBound, solved, implied);
    }

    private HeadStatement.Solved solve(double[] start, double objective) {
        double freeBiasStart = bestOfFreeBias;
        new Lbfgs(Lbfgs.Options.defaults())
                .minimize(
                        this,
                        start,
                        Limits.defaults().withMaxEvaluations(MAX_PASSES).withGradientTolerance(0),
                        (iteration, value, norm, point) -> best - bound <= RESOLUTION * objective);
        double gain = Math.max(0, objective - best) / objective;
        double ofFreeBias = Math.max(0, freeBiasStart - bestOfFreeBias) / freeBiasStart;
        return new HeadStatement.Solved(gain, ofFreeBias, Math.max(gain, share(objective)), passes);
    }

    /** The most that any head gains over one with the given value, as a share of it. */
    private double share(double objective) {
        return Math.max(0, objective - Math.max(bound, 0)) / objective;
    }

    private double[] start() {
        double[] start = Arrays.copyOf(layer.classifier().data(), dimension());
        for (int k = 0; k < variablesOfBias(); k++) {
            start[start.length - variablesOfBias() + k] = biasUnit * layer.bias()[k];
        }
        return start;
    }

    private int variablesOfBias() {
        return layer.hasBias() ? layer.classes() : 0;
    }

    @Override
    public int dimension() {
        return Math.addExact(layer.classifier().data().length, variablesOfBias());
    }

    @Override
    public double value(double[] x) {
        return linearize(x, new double[x.length]);
    }

    @Override
    public double linearize(double[] x, double[] gradient) {
        int entries = layer.classifier().data().length;
        Matrix weights = Matrix.wrap(layer.classes(), layer.classifier().columns(), Arrays.copyOf(x, entries));
        double[] bias = new double[layer.classes()];
        for (int k = 0; k < variablesOfBias(); k++) {
            bias[k] = x[entries + k] / biasUnit;
        }
        passes++;
        PassSums pass = layer.samples().run(new LayerRequest.Gradient(new LayerLoss(loss, weights, bias)), 1, 1);
        LayerSums sums = pass.find(LayerAccumulator.class).orElseThrow().snapshot();
        double share = 1 / sums.weight();
        double[] rows = Arrays.stream(sums.rows()).map(sum -> sum * share).toArray();
        return evaluate(x, sums.loss() * share, sums.product().scale(share), rows, gradient);
    }

    private double evaluate(double[] x, double ofLoss, Matrix ofWeights, double[] ofBias, double[] gradient) {
        int entries = ofWeights.data().length;
        for (int i = 0; i < x.length; i++) {
            double slope = i < entries ? ofWeights.data()[i] : ofBias[i - entries] / biasUnit;
            gradient[i] = slope + lambda * x[i];
        }
        double value = ofLoss + lambda / 2 * Vectors.dot(x, x);
        double ofBiasPenalty = 0;
        for (int i = entries; i < x.length; i++) {
            ofBiasPenalty += lambda / 2 * x[i] * x[i];
        }
        best = value < best ? value : best;
        bestOfFreeBias = value - ofBiasPenalty < bestOfFreeBias ? value - ofBiasPenalty : bestOfFreeBias;
        double below = value - Vectors.dot(gradient, gradient) / (2 * lambda);
        bound = below > bound ? below : bound;
        return value;
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        throw new UnsupportedOperationException("L-BFGS takes no products with the Hessian");
    }
}
