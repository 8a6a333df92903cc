package io.github.collapse4j.proof;

/** The objective at a grouped point, at a cost that depends on the number of groups alone. */
final class GroupedValue {
    private final ExactModel model;
    private final int groups;
    private final Interval[] separation;
    private final Interval[] bias;
    private final Interval[][] rows;
    private final Interval[][] columns;

    private GroupedValue(ExactModel model, GroupedPoint point) {
        model.requirePlain();
        this.model = model;
        this.groups = model.groups();
        this.separation = Derivatives.intervals(new double[][] {point.separation()})[0];
        this.bias = Derivatives.intervals(new double[][] {point.b().length == 0 ? new double[groups] : point.b()})[0];
        this.rows = Derivatives.intervals(point.w());
        this.columns = Derivatives.intervals(transposed(point.h(), groups));
    }

    /** Encloses the value. */
    static Interval of(ExactModel model, GroupedPoint point) {
        GroupedValue value = new GroupedValue(model, point);
        return value.data().plus(value.penalties());
    }

    private static double[][] transposed(double[][] rows, int columns) {
        double[][] result = new double[columns][rows.length];
        for (int a = 0; a < rows.length; a++) {
            for (int g = 0; g < columns; g++) {
                result[g][a] = rows[a][g];
            }
        }
        return result;
    }

    private Interval data() {
        Interval sum = Interval.ZERO;
        for (int g = 0; g < groups; g++) {
            long size = model.sizes()[g];
            Interval root = Interval.of(model.counts()[g]).squareRoot();
            Interval share = separation[g].dividedBy(Interval.of(size));
            Interval[] logits = new Interval[groups];
            Interval own = Interval.ZERO;
            for (int h = 0; h < groups; h++) {
                Interval product = ProductSum.dot(rows[h], columns[g]);
                if (h == g) {
                    own = product.plus(separation[g].minus(share))
                            .dividedBy(root)
                            .plus(bias[g]);
                    product = product.minus(share);
                }
                logits[h] = product.dividedBy(root).plus(bias[h]);
            }
            sum = sum.plus(model.weight(g).times(size).times(loss(g, logits, own)));
        }
        return sum;
    }

    /** The loss of a sample from the logits of one other class of each group and of the class itself. */
    private Interval loss(int group, Interval[] logits, Interval own) {
        boolean cross = model.loss() == LossKind.CROSS_ENTROPY;
        Interval sum = cross ? Interval.ONE : own.minus(Interval.ONE).square();
        for (int h = 0; h < groups; h++) {
            long others = model.sizes()[h] - (h == group ? 1 : 0);
            if (others > 0) {
                Interval term = cross ? logits[h].minus(own).exp() : logits[h].square();
                sum = sum.plus(term.times(others));
            }
        }
        return cross ? sum.log() : sum.half();
    }

    private Interval penalties() {
        Interval lambdaW = model.lambdaW().interval();
        Interval lambdaH = model.lambdaH().interval();
        Interval mu = lambdaW.times(lambdaH).squareRoot();
        Interval sum = Interval.ZERO;
        for (int g = 0; g < groups; g++) {
            long size = model.sizes()[g];
            Interval common = lambdaW.times(ProductSum.dot(rows[g], rows[g]))
                    .plus(lambdaH.times(ProductSum.dot(columns[g], columns[g])));
            if (model.bias() instanceof ExactBias.Regularised regularised) {
                common = common.plus(regularised.lambda().interval().times(bias[g].square()));
            }
            sum = sum.plus(common.half().times(size))
                    .plus(mu.times(separation[g]).times(size - 1));
        }
        return sum;
    }
}
