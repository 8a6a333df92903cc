package io.github.collapse4j.proof;

/** A Lipschitz constant of the Hessian on a ball (docs/theory.md §11, Lemma C). */
public final class Lipschitz {
    private Lipschitz() {}

    /** An upper bound, as a point interval, on the ball of the given radius around a point. */
    public static Interval bound(ExactModel model, ExactPoint point, Interval radius) {
        Interval w = operatorNorm(point.w()).plus(radius).square();
        SampleLoss loss = SampleLoss.of(model);
        Interval sum = Interval.ZERO;
        for (int k = 0; k < model.groups(); k++) {
            double[][] column = new double[point.dimension()][1];
            for (int a = 0; a < column.length; a++) {
                column[a][0] = point.h()[a][k];
            }
            Interval root = model.rootOfCount(k);
            Interval h = norm(column).plus(radius).square();
            Interval square = w.plus(h).dividedBy(Interval.of(model.counts()[k]));
            if (model.bias().isPresent()) {
                square = square.plus(Interval.ONE);
            }
            Interval a = square.squareRoot();
            Interval term = loss.secondDerivative(k)
                    .times(a.times(3).dividedBy(root))
                    .plus(loss.thirdDerivative(k).times(square).times(a));
            sum = sum.plus(model.weight(k).times(term));
        }
        return sum.upper();
    }

    private static Interval norm(double[][] numbers) {
        return Derivatives.squares(Derivatives.intervals(numbers)).squareRoot();
    }

    /** An upper bound of the largest singular value of W. */
    private static Interval operatorNorm(double[][] w) {
        Interval frobenius = norm(w);
        int d = w[0].length;
        if (d < 2) {
            return frobenius.upper();
        }
        Interval[][] columns = new Interval[d][w.length];
        for (int a = 0; a < d; a++) {
            for (int k = 0; k < w.length; k++) {
                columns[a][k] = Interval.of(w[k][a]);
            }
        }
        SymmetricMatrix gram = SymmetricMatrix.gram(columns);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                gram.set(i, j, gram.get(i, j).negate());
            }
        }
        return LargestEigenvalue.ofNegative(gram).squareRoot().min(frobenius).upper();
    }
}
