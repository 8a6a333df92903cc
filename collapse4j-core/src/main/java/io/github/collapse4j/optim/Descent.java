package io.github.collapse4j.optim;

/** The loop shared by all methods except the trust region: test, report, iterate. */
final class Descent {
    private Descent() {}

    /** One iteration of a method, with the state it keeps between iterations; for a single run. */
    interface Method {
        /** Called once, before the first iteration, with the function linearised at the start. */
        default void begin(SmoothFunction function, Iterate start) {}

        /**
         * Performs one iteration.
         *
         * @param to receives the next point with its value and gradient; its previous content is not read
         * @return false if round-off hides any decrease; {@code to} is then ignored
         */
        boolean advance(SmoothFunction function, Iterate from, Iterate to);

        /** Whether a small gradient at the current point may end the run. */
        default boolean settled() {
            return true;
        }
    }

    static OptimizerResult run(
            Method method, SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        CountedFunction counted = new CountedFunction(function, start);
        Iterate current = new Iterate(start.clone());
        Iterate next = new Iterate(new double[start.length]);
        current.evaluate(counted);
        if (!current.isFinite()) {
            return result(counted, current, 0, Termination.DIVERGED);
        }
        for (int iteration = 0; ; iteration++) {
            boolean stop = listener.stopAt(iteration, current.value, current.gradientNorm, current.x);
            if (method.settled() && current.gradientNorm <= limits.gradientTolerance()) {
                return result(counted, current, iteration, Termination.CONVERGED);
            }
            if (stop) {
                return result(counted, current, iteration, Termination.STOPPED);
            }
            if (iteration >= limits.maxIterations() || counted.evaluations() >= limits.maxEvaluations()) {
                return result(counted, current, iteration, Termination.LIMIT);
            }
            if (iteration == 0) {
                method.begin(counted, current);
            }
            if (!method.advance(counted, current, next)) {
                return result(counted, current, iteration, Termination.ROUND_OFF);
            }
            if (!next.isFinite()) {
                return result(counted, current, iteration, Termination.DIVERGED);
            }
            Iterate previous = current;
            current = next;
            next = previous;
        }
    }

    private static OptimizerResult result(CountedFunction function, Iterate at, int iterations, Termination end) {
        return function.result(at.x, at.value, at.gradientNorm, iterations, end);
    }
}
