package io.github.collapse4j.proof;

import java.util.Arrays;

/** A lower bound of an ungrouped model with a loss of a training, from any dual point. */
final class TrainedBoundProof {
    private TrainedBoundProof() {}

    /** The bound, one number. */
    static Interval bound(ExactModel model, DualPoint dual) throws NotProvedException {
        TrainedTerms terms = TrainedTerms.of(model, dual);
        SampleLoss loss = terms.loss();
        int n = loss.classes();
        Interval[] gamma = new Interval[n];
        for (int k = 0; k < n; k++) {
            ProductSum sum = new ProductSum();
            for (int j = 0; j < n; j++) {
                sum.add(loss.share(j), terms.residual(k, j));
            }
            gamma[k] = sum.value();
        }
        if (model.bias() instanceof ExactBias.Free) {
            terms.repair(gamma);
        }
        Interval scale = Interval.of(dual.scale());
        Interval excess = largestSquare(model, terms, scale)
                .minus(Interval.ONE)
                .max(Interval.ZERO)
                .upper();
        Interval shrink =
                Interval.ONE.dividedBy(Interval.ONE.plus(excess).squareRoot()).lower();
        Interval factor = scale.times(shrink);
        Interval sum = Interval.ZERO;
        for (int j = 0; j < n; j++) {
            sum = sum.plus(loss.share(j).times(terms.minusConjugate(j, factor)));
        }
        if (model.bias() instanceof ExactBias.Regularised regularised) {
            ProductSum squares = new ProductSum();
            for (Interval one : gamma) {
                squares.add(Interval.ONE, one.times(factor).square());
            }
            sum = sum.minus(
                    squares.value().dividedBy(regularised.lambda().interval().times(2)));
        }
        Interval bound = sum.lower();
        Interval atOrigin = loss.mean(zeros(n));
        if (atOrigin.isBelow(bound)) {
            throw new IllegalStateException(
                    "a lower bound of " + bound + " above the value " + atOrigin + " at W = H = 0");
        }
        return bound;
    }

    /** An upper bound of the largest squared singular value of the weighted residuals over μ². */
    private static Interval largestSquare(ExactModel model, TrainedTerms terms, Interval scale)
            throws NotProvedException {
        int n = model.groups();
        Interval samples = Interval.ofScaled(model.samples().shiftLeft(Interval.BITS));
        Interval unit = samples.times(
                model.lambdaW().interval().times(model.lambdaH().interval()).squareRoot());
        Interval[][] matrix = new Interval[n][n];
        for (int j = 0; j < n; j++) {
            Interval factor = model.rootOfCount(j).dividedBy(unit).times(scale);
            for (int k = 0; k < n; k++) {
                matrix[k][j] = terms.residual(k, j).times(factor);
            }
        }
        return new SquaredNorm(matrix).upperBound();
    }

    private static Interval[][] zeros(int n) {
        Interval[][] logits = new Interval[n][n];
        for (Interval[] column : logits) {
            Arrays.fill(column, Interval.ZERO);
        }
        return logits;
    }
}
