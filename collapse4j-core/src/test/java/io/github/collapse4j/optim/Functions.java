package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.testkit.Seeded;

/** Functions with known minima. */
final class Functions {
    private Functions() {}

    /** A function that stores the point of its last linearisation. */
    abstract static class Base implements SmoothFunction {
        final double[] at;

        Base(int dimension) {
            at = new double[dimension];
        }

        @Override
        public int dimension() {
            return at.length;
        }

        @Override
        public double linearize(double[] x, double[] gradient) {
            System.arraycopy(x, 0, at, 0, at.length);
            gradient(gradient);
            return value(x);
        }

        abstract void gradient(double[] into);
    }

    /** {@code ½(x − minimiser)ᵀ A (x − minimiser)}. */
    static final class Quadratic extends Base {
        private final Matrix a;
        private final double[] minimiser;

        Quadratic(Matrix a, double[] minimiser) {
            super(minimiser.length);
            this.a = a;
            this.minimiser = minimiser;
        }

        /** Random directions; the eigenvalues run from 1 to {@code condition}. */
        static Quadratic convex(int dimension, double condition, Seeded seeded) {
            Matrix gaussian = Matrix.wrap(dimension, dimension, seeded.gaussian(dimension * dimension, 1));
            Matrix u = LinearAlgebra.svd(gaussian).u();
            Matrix scaled = u.copy();
            for (int j = 0; j < dimension; j++) {
                double value = Math.pow(condition, j / (dimension - 1.0));
                for (int i = 0; i < dimension; i++) {
                    scaled.set(i, j, value * u.get(i, j));
                }
            }
            return new Quadratic(
                    LinearAlgebra.multiply(scaled, Op.NONE, u, Op.TRANSPOSE), seeded.gaussian(dimension, 1));
        }

        double[] minimiser() {
            return minimiser;
        }

        @Override
        public double value(double[] x) {
            double[] distance = x.clone();
            Vectors.add(-1, minimiser, distance);
            double[] image = new double[x.length];
            hessianVector(distance, image);
            return Vectors.dot(distance, image) / 2;
        }

        @Override
        void gradient(double[] into) {
            double[] distance = at.clone();
            Vectors.add(-1, minimiser, distance);
            hessianVector(distance, into);
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            Matrix product = LinearAlgebra.multiply(a, Matrix.wrap(direction.length, 1, direction));
            System.arraycopy(product.data(), 0, image, 0, image.length);
        }
    }

    /** Rosenbrock's valley, with its minimum 0 at (1, 1). */
    static final class Rosenbrock extends Base {
        Rosenbrock() {
            super(2);
        }

        @Override
        public double value(double[] x) {
            double a = 1 - x[0];
            double b = x[1] - x[0] * x[0];
            return a * a + 100 * b * b;
        }

        @Override
        void gradient(double[] into) {
            double b = at[1] - at[0] * at[0];
            into[0] = -2 * (1 - at[0]) - 400 * at[0] * b;
            into[1] = 200 * b;
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            double h00 = 2 - 400 * (at[1] - 3 * at[0] * at[0]);
            double h01 = -400 * at[0];
            image[0] = h00 * direction[0] + h01 * direction[1];
            image[1] = h01 * direction[0] + 200 * direction[1];
        }
    }

    /** {@code x²/2 − y²/2 + y⁴/4}: a strict saddle at zero, minima −1/4 at (0, ±1). */
    static final class Saddle extends Base {
        Saddle() {
            super(2);
        }

        @Override
        public double value(double[] p) {
            double y2 = p[1] * p[1];
            return p[0] * p[0] / 2 - y2 / 2 + y2 * y2 / 4;
        }

        @Override
        void gradient(double[] into) {
            into[0] = at[0];
            into[1] = -at[1] + at[1] * at[1] * at[1];
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            image[0] = direction[0];
            image[1] = (3 * at[1] * at[1] - 1) * direction[1];
        }
    }

    /** {@code x − ln x}, NaN for x ≤ 0; minimum 1 at 1. */
    static final class Barrier extends Base {
        Barrier() {
            super(1);
        }

        @Override
        public double value(double[] x) {
            return x[0] > 0 ? x[0] - Math.log(x[0]) : Double.NaN;
        }

        @Override
        void gradient(double[] into) {
            into[0] = 1 - 1 / at[0];
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            image[0] = direction[0] / (at[0] * at[0]);
        }
    }

    /** {@code e^x − c·x} with the minimum c − c·ln c; for most c its gradient vanishes at no double. */
    static final class Exponential extends Base {
        private final double slope;

        Exponential(double slope) {
            super(1);
            this.slope = slope;
        }

        @Override
        public double value(double[] x) {
            return Math.exp(x[0]) - slope * x[0];
        }

        @Override
        void gradient(double[] into) {
            into[0] = Math.exp(at[0]) - slope;
        }

        @Override
        public void hessianVector(double[] direction, double[] image) {
            image[0] = Math.exp(at[0]) * direction[0];
        }
    }
}
