package io.github.collapse4j.optim;

/**
 * Armijo backtracking: the step t along −∇f is shortened until {@code f(x − t∇f) ≤ f(x) − c·t‖∇f‖²} (Nocedal and
 * Wright, algorithm 3.1). Each iteration starts from the last step, lengthened. Where values differ only by round-off,
 * the approximate Wolfe condition on gradients decides instead. Every step decreases the function, up to its round-off.
 *
 * @param initial the first step to try
 * @param decrease c, in (0, 1/2]
 * @param shrink factor applied to a rejected step, in (0, 1)
 * @param grow factor from the step of one iteration to the first trial of the next, at least 1
 */
public record Backtracking(double initial, double decrease, double shrink, double grow) implements StepRule {
    public Backtracking {
        if (!(initial > 0 && initial < Double.POSITIVE_INFINITY)
                || !(decrease > 0 && decrease <= 0.5)
                || !(shrink > 0 && shrink < 1)
                || !(grow >= 1 && grow < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("backtracking out of range: initial " + initial + ", decrease "
                    + decrease + ", shrink " + shrink + ", grow " + grow);
        }
    }

    /** First step 1, c = 0.1, halved on rejection, doubled between iterations. */
    public static Backtracking defaults() {
        return new Backtracking(1, 0.1, 0.5, 2);
    }

    @Override
    public OptimizerResult descend(SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        return Descent.run(new ArmijoStep(this), function, start, limits, listener);
    }
}
