package io.github.collapse4j.optim;

import java.io.Serializable;

/**
 * {@link TrustRegionNewton} as an {@link Optimizer}, in the coordinates of the function and without preconditioning. An
 * iteration whose step is rejected leaves the point unchanged; values never rise by more than their round-off. The
 * limit on evaluations may be exceeded by the few values and gradients of one iteration, but not by Hessian products.
 */
public final class EuclideanTrustRegion implements Optimizer {
    private final Options options;

    public EuclideanTrustRegion(Options options) {
        this.options = options;
    }

    /** The initial trust radius. */
    public record Options(double initialRadius) implements Serializable {
        public Options {
            if (!(initialRadius > 0)) {
                throw new IllegalArgumentException("initialRadius: expected a number above 0, found " + initialRadius);
            }
        }

        /** The initial radius of {@link TrustRegionNewton.Options#defaults()}. */
        public static Options defaults() {
            return new Options(TrustRegionNewton.Options.defaults().initialRadius());
        }
    }

    @Override
    public OptimizerResult minimize(
            SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        CountedFunction counted = new CountedFunction(function, start);
        EuclideanProblem problem = new EuclideanProblem(counted, start);
        Reporter reporter = new Reporter(counted, problem, limits, listener);
        TrustRegionNewton newton = new TrustRegionNewton(new TrustRegionNewton.Options(
                limits.gradientTolerance(),
                limits.maxIterations(),
                (int) Math.min(Integer.MAX_VALUE, limits.maxEvaluations()),
                options.initialRadius()));
        return reporter.result(newton.run(problem, reporter));
    }

    /** Forwards every iterate, enforces the limit on evaluations and keeps the last iterate. */
    private static final class Reporter implements TrustRegionNewton.Listener {
        private final CountedFunction function;
        private final EuclideanProblem problem;
        private final Limits limits;
        private final IterationListener listener;
        private final double[] last;
        private int seen = -1;
        private double value = Double.NaN;
        private double gradientNorm = Double.NaN;
        private boolean stopped;

        Reporter(CountedFunction function, EuclideanProblem problem, Limits limits, IterationListener listener) {
            this.function = function;
            this.problem = problem;
            this.limits = limits;
            this.listener = listener;
            this.last = problem.point();
        }

        @Override
        public boolean stopAt(int iteration, double newValue, double newGradientNorm, int hessianProducts) {
            see(iteration, newValue, newGradientNorm);
            return stopped || function.evaluations() >= limits.maxEvaluations();
        }

        private void see(int iteration, double newValue, double newGradientNorm) {
            System.arraycopy(problem.view(), 0, last, 0, last.length);
            seen = iteration;
            value = newValue;
            gradientNorm = newGradientNorm;
            stopped = listener.stopAt(iteration, newValue, newGradientNorm, problem.view());
        }

        OptimizerResult result(TrustRegionNewton.Result run) {
            Termination end = run.termination();
            if (end == Termination.DIVERGED) {
                return seen < 0
                        ? function.result(last, run.value(), run.gradientNorm(), 0, end)
                        : function.result(last, value, gradientNorm, seen, end);
            }
            if (run.iterations() > seen) {
                see(run.iterations(), run.value(), run.gradientNorm());
            }
            if (end == Termination.STOPPED && !stopped) {
                end = Termination.LIMIT;
            }
            return function.result(last, run.value(), run.gradientNorm(), run.iterations(), end);
        }
    }
}
