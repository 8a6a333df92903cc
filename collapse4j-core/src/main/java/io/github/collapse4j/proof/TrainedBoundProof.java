package io.github.collapse4j.proof;

import java.util.Arrays;

/** A lower bound of an ungrouped model with a loss of a training, from any dual point; and the model's value at a point. */
final class TrainedBoundProof {
    private TrainedBoundProof() {}

    /** The bound, one number. */
    static Interval bound(ExactModel model, DualPoint dual) throws NotProvedException {
        TrainedTerms terms = TrainedTerms.of(model, dual);
        int n = terms.classes();
        Interval[] gamma = new Interval[n];
        for (int k = 0; k < n; k++) {
            ProductSum sum = new ProductSum();
            for (int j = 0; j < n; j++) {
                sum.add(terms.share(j), terms.residual(k, j));
            }
            gamma[k] = sum.value();
        }
        if (model.bias() instanceof ExactBias.Free) {
            terms.repair(gamma);
        }
        Interval scale = Interval.of(dual.scale());
        Interval excess = largestSquare(terms, scale)
                .minus(Interval.ONE)
                .max(Interval.ZERO)
                .upper();
        Interval shrink =
                Interval.ONE.dividedBy(Interval.ONE.plus(excess).squareRoot()).lower();
        Interval factor = scale.times(shrink);
        Interval sum = Interval.ZERO;
        for (int j = 0; j < n; j++) {
            sum = sum.plus(terms.share(j).times(terms.minusConjugate(j, factor)));
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
        Interval atOrigin = data(terms, zeros(n));
        if (atOrigin.isBelow(bound)) {
            throw new IllegalStateException(
                    "a lower bound of " + bound + " above the value " + atOrigin + " at W = H = 0");
        }
        return bound;
    }

    /** An upper bound of the largest squared singular value of the weighted residuals over μ². */
    private static Interval largestSquare(TrainedTerms terms, Interval scale) throws NotProvedException {
        ExactModel model = terms.model();
        int n = terms.classes();
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

    /** The mean loss for the logits of each class. */
    private static Interval data(TrainedTerms terms, Interval[][] logits) {
        ProductSum sum = new ProductSum();
        for (int j = 0; j < logits.length; j++) {
            sum.add(terms.share(j), terms.value(j, logits[j]));
        }
        return sum.value();
    }

    /** Encloses the model's value at a point. */
    static Interval value(ExactModel model, ExactPoint point, DualPoint dual) throws NotProvedException {
        TrainedTerms terms = TrainedTerms.of(model, dual);
        int n = terms.classes();
        Interval[][] w = Derivatives.intervals(point.w());
        Interval[][] h = Derivatives.intervals(point.h());
        Interval[] b = Derivatives.intervals(new double[][] {point.b()})[0];
        Interval[][] logits = new Interval[n][n];
        for (int j = 0; j < n; j++) {
            Interval root = model.rootOfCount(j);
            for (int k = 0; k < n; k++) {
                ProductSum sum = new ProductSum();
                for (int a = 0; a < h.length; a++) {
                    sum.add(w[k][a], h[a][j]);
                }
                Interval product = sum.value().dividedBy(root);
                logits[j][k] = b.length > 0 ? product.plus(b[k]) : product;
            }
        }
        return data(terms, logits)
                .plus(model.lambdaW().interval().times(Derivatives.squares(w)).half())
                .plus(model.lambdaH().interval().times(Derivatives.squares(h)).half())
                .plus(model.bias()
                        .penalty()
                        .times(Derivatives.squares(new Interval[][] {b}))
                        .half());
    }
}
