package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;

/** Functions with known minima that do not allocate. */
final class TestFunctions {
    private TestFunctions() {}

    /** {@code ½(x − m)ᵀA(x − m) − 3}, A = diag(1…10) + ½·11ᵀ/n, m_i = 1/(i + 1). */
    static final class Quadratic implements SmoothFunction {
        private final int n;
        private final double[] difference;

        Quadratic(int n) {
            this.n = n;
            this.difference = new double[n];
        }

        double[] minimum() {
            double[] m = new double[n];
            Arrays.setAll(m, i -> 1.0 / (i + 1));
            return m;
        }

        @Override
        public int dimension() {
            return n;
        }

        @Override
        public double value(double[] x) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double e = x[i] - 1.0 / (i + 1);
                sum += e;
                squares += curvature(i) * e * e;
            }
            return (squares + sum * sum / (2 * n)) / 2 - 3;
        }

        @Override
        public double linearize(double[] x, double[] gradient) {
            for (int i = 0; i < n; i++) {
                difference[i] = x[i] - 1.0 / (i + 1);
            }
            hessianVector(difference, gradient);
            return value(x);
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += direction[i];
            }
            for (int i = 0; i < n; i++) {
                image[i] = curvature(i) * direction[i] + sum / (2 * n);
            }
        }

        private double curvature(int i) {
            return 1 + 9.0 * i / (n - 1);
        }
    }

    /** The chained Rosenbrock function {@code Σ 100(x_{i+1} − x_i²)² + (1 − x_i)²}: many iterations for every method. */
    static final class Rosenbrock implements SmoothFunction {
        private final int n;
        private final double[] at;

        Rosenbrock(int n) {
            this.n = n;
            this.at = new double[n];
        }

        double[] start() {
            double[] x = new double[n];
            Arrays.setAll(x, i -> i % 2 == 0 ? -1.2 : 1);
            return x;
        }

        @Override
        public int dimension() {
            return n;
        }

        @Override
        public double value(double[] x) {
            double sum = 0;
            for (int i = 0; i + 1 < n; i++) {
                double valley = x[i + 1] - x[i] * x[i];
                sum += 100 * valley * valley + (1 - x[i]) * (1 - x[i]);
            }
            return sum;
        }

        @Override
        public double linearize(double[] x, double[] gradient) {
            System.arraycopy(x, 0, at, 0, n);
            Arrays.fill(gradient, 0);
            for (int i = 0; i + 1 < n; i++) {
                double valley = x[i + 1] - x[i] * x[i];
                gradient[i] += -400 * valley * x[i] - 2 * (1 - x[i]);
                gradient[i + 1] += 200 * valley;
            }
            return value(x);
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            Arrays.fill(image, 0);
            for (int i = 0; i + 1 < n; i++) {
                double own = 1200 * at[i] * at[i] - 400 * at[i + 1] + 2;
                image[i] += own * direction[i] - 400 * at[i] * direction[i + 1];
                image[i + 1] += 200 * direction[i + 1] - 400 * at[i] * direction[i];
            }
        }
    }

    /** {@code −Σx_i} up to a wall at ½; beyond it the gradient is NaN and the value is NaN or still finite. */
    static final class Wall implements SmoothFunction {
        private final boolean valueGoesOn;

        Wall(boolean valueGoesOn) {
            this.valueGoesOn = valueGoesOn;
        }

        @Override
        public int dimension() {
            return 3;
        }

        @Override
        public double value(double[] x) {
            double sum = 0;
            for (double v : x) {
                sum -= v < 0.5 || valueGoesOn ? v : Double.NaN;
            }
            return sum;
        }

        @Override
        public double linearize(double[] x, double[] gradient) {
            Arrays.fill(gradient, Vectors.maxAbs(x) < 0.5 ? -1 : Double.NaN);
            return value(x);
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            Arrays.fill(image, 0);
        }
    }

    /** Counts calls independently, to check the counts in results. */
    static final class Counting implements SmoothFunction {
        private final SmoothFunction function;
        long values;
        long gradients;
        long products;

        Counting(SmoothFunction function) {
            this.function = function;
        }

        long evaluations() {
            return values + gradients + products;
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
}
