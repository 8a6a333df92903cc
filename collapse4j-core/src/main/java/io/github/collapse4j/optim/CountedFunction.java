package io.github.collapse4j.optim;

/** Counts the evaluations of a function. */
final class CountedFunction implements SmoothFunction {
    private final SmoothFunction function;
    private long values;
    private long gradients;
    private long products;

    /** Rejects a start of the wrong length or with non-finite entries. */
    CountedFunction(SmoothFunction function, double[] start) {
        if (start.length != function.dimension()) {
            throw new IllegalArgumentException(
                    "start: expected " + function.dimension() + " entries, found " + start.length);
        }
        for (int i = 0; i < start.length; i++) {
            if (!Double.isFinite(start[i])) {
                throw new IllegalArgumentException("start[" + i + "]: expected a finite number, found " + start[i]);
            }
        }
        this.function = function;
    }

    long evaluations() {
        return values + gradients + products;
    }

    OptimizerResult result(double[] point, double value, double gradientNorm, int iterations, Termination end) {
        return new OptimizerResult(point, value, gradientNorm, iterations, values, gradients, products, end);
    }

    @Override
    public int dimension() {
        return function.dimension();
    }

    @Override
    public double value(double[] x) {
        values++;
        return function.value(x);
    }

    @Override
    public double linearize(double[] x, double[] gradient) {
        gradients++;
        return function.linearize(x, gradient);
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        products++;
        function.hessianVector(direction, image);
    }
}
