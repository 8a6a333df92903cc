package io.github.collapse4j.proof;

import java.util.Arrays;

/** A lower bound of a model with a loss of a training, from any dual point. */
final class TrainedBoundProof {
    private final ExactModel model;
    private final TrainedTerms terms;
    private final SampleLoss loss;

    private TrainedBoundProof(ExactModel model, DualPoint dual) throws NotProvedException {
        this.model = model;
        this.terms = TrainedTerms.of(model, dual);
        this.loss = terms.loss();
    }

    /** The bound, one number. */
    static Interval bound(ExactModel model, DualPoint dual) throws NotProvedException {
        return new TrainedBoundProof(model, dual).bound(Interval.of(dual.scale()));
    }

    private Interval bound(Interval scale) throws NotProvedException {
        Interval[] gamma = new Interval[loss.rows()];
        Arrays.setAll(gamma, k -> loss.rowMean(k, terms::residual));
        if (model.bias() instanceof ExactBias.Free) {
            terms.repair(gamma);
        }
        Interval excess =
                largestSquare(scale).minus(Interval.ONE).max(Interval.ZERO).upper();
        Interval shrink =
                Interval.ONE.dividedBy(Interval.ONE.plus(excess).squareRoot()).lower();
        Interval factor = scale.times(shrink);
        Interval sum = Interval.ZERO;
        for (int j = 0; j < loss.columns(); j++) {
            sum = sum.plus(loss.shareOfGroup(j).times(terms.minusConjugate(j, factor)));
        }
        if (model.bias() instanceof ExactBias.Regularised regularised) {
            ProductSum squares = new ProductSum();
            for (int k = 0; k < gamma.length; k++) {
                squares.add(Interval.of(loss.size(k)), gamma[k].times(factor).square());
            }
            sum = sum.minus(
                    squares.value().dividedBy(regularised.lambda().interval().times(2)));
        }
        Interval bound = sum.lower();
        Interval[][] zeros = new Interval[loss.columns()][loss.entries()];
        for (Interval[] column : zeros) {
            Arrays.fill(column, Interval.ZERO);
        }
        Interval atOrigin = loss.mean(zeros);
        if (atOrigin.isBelow(bound)) {
            throw new IllegalStateException(
                    "a lower bound of " + bound + " above the value " + atOrigin + " at W = H = 0");
        }
        return bound;
    }

    /** An upper bound of the largest squared singular value of the weighted residuals over μ². */
    private Interval largestSquare(Interval scale) throws NotProvedException {
        Interval samples = Interval.ofScaled(model.samples().shiftLeft(Interval.BITS));
        Interval unit = samples.times(
                model.lambdaW().interval().times(model.lambdaH().interval()).squareRoot());
        Interval[][] matrix = new Interval[loss.rows()][loss.columns()];
        Interval apart = Interval.ZERO;
        for (int j = 0; j < loss.columns(); j++) {
            Interval factor = model.rootOfCount(j).dividedBy(unit).times(scale);
            for (int k = 0; k < loss.rows(); k++) {
                matrix[k][j] = terms.residual(k, j).times(factor);
            }
            long size = model.sizes()[j];
            if (loss.entries() > loss.rows()) {
                // Differences within a group, and the mean of a group's columns on the span of the groups' indicators.
                Interval own = terms.residual(loss.rows(), j).times(factor);
                if (size > 1) {
                    apart = apart.max(own.minus(matrix[j][j]).square());
                }
                matrix[j][j] = own.plus(matrix[j][j].times(size - 1)).dividedBy(Interval.of(size));
                Interval rootOfSize = Interval.of(size).squareRoot();
                for (int k = 0; k < loss.rows(); k++) {
                    matrix[k][j] = matrix[k][j]
                            .times(rootOfSize)
                            .times(Interval.of(loss.size(k)).squareRoot());
                }
            }
        }
        return apart.max(new SquaredNorm(matrix).upperBound()).upper();
    }
}
