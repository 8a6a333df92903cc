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
        SampleLoss loss = SampleLoss.of(model);
        Interval[][] logits = new Interval[groups][loss.entries()];
        for (int g = 0; g < groups; g++) {
            Interval root = Interval.of(model.counts()[g]).squareRoot();
            Interval share = separation[g].dividedBy(Interval.of(model.sizes()[g]));
            for (int e = 0; e < loss.entries(); e++) {
                int h = loss.row(e, g);
                Interval product = ProductSum.dot(rows[h], columns[g]);
                if (h == g) {
                    product = product.minus(share);
                }
                if (loss.isOwn(e, g)) {
                    product = product.plus(separation[g]);
                }
                logits[g][e] = product.dividedBy(root).plus(bias[h]);
            }
        }
        return loss.mean(logits);
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
