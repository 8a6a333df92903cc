package io.github.collapse4j.curvature;

import io.github.collapse4j.linalg.Lanczos;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.SymmetricOperator;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The eigenvalues of the Hessian of the reduced model at a critical point: all of them or, for large models, the
 * extreme ones. The zero eigenvalues due to symmetry are known from the {@link SymmetryOrbit}; the others are
 * <em>transverse</em> to it.
 */
public sealed interface Spectrum {
    /** Maximum number of unknowns for a complete spectrum. */
    int COMPLETE_LIMIT = 2500;

    /** Zero tolerance relative to the largest absolute eigenvalue. */
    double RELATIVE_ZERO = 1e-8;

    /** The smallest eigenvalue. */
    double smallest();

    /** The largest eigenvalue. */
    double largest();

    /**
     * A unit eigenvector {@code [W | Ĥ | b]} of the smallest eigenvalue (in a partial spectrum, of the smallest
     * transverse one).
     */
    double[] lowest();

    /** The number of eigenvalues that are zero because of symmetry. */
    int orbitDimension();

    /** Absolute tolerance within which eigenvalues count as zero. */
    double zeroTolerance();

    /** The number of negative eigenvalues, the Morse index; a lower bound for a partial spectrum. */
    int index();

    /** The number of eigenvalues that count as zero; a lower bound for a partial spectrum. */
    int nullity();

    /** The smallest eigenvalue that counts as positive; for a partial spectrum, the smallest one found. */
    double smallestPositive();

    /**
     * The condition number transverse to the orbit: the largest absolute eigenvalue over the smallest; infinite if more
     * eigenvalues are zero than symmetry explains. A lower bound for a partial spectrum with eigenvalues of both signs.
     */
    double condition();

    /** The same eigenvalues with a zero tolerance of at least {@code tolerance}. */
    Spectrum withZeroToleranceAtLeast(double tolerance);

    /**
     * The spectrum at a point of a reduced model: complete up to {@link #COMPLETE_LIMIT} unknowns, otherwise partial.
     */
    static Spectrum at(UfmModel model, UfmPoint point) {
        return model.dimension() <= COMPLETE_LIMIT
                ? complete(model, point)
                : partial(model, point, Lanczos.Options.defaults());
    }

    /** All eigenvalues at a point of a reduced model, by a dense decomposition. */
    static Complete complete(UfmModel model, UfmPoint point) {
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(DenseHessian.of(model, point));
        return Complete.of(eigen, SymmetryOrbit.through(model, point).dimension());
    }

    /**
     * The extreme eigenvalues transverse to the orbit at a critical point of a reduced model. Stores a number of
     * vectors, but no matrix.
     */
    static Partial partial(UfmModel model, UfmPoint point, Lanczos.Options options) {
        UfmObjective objective = model.objective();
        double[] x = objective.toVector(point);
        objective.linearize(x, new double[x.length]);
        SymmetryOrbit orbit = SymmetryOrbit.through(model, point);
        Lanczos.Result found = new Lanczos(options).extremes(new SymmetricOperator() {
            @Override
            public int order() {
                return x.length;
            }

            @Override
            public void apply(double[] direction, double[] image) {
                objective.hessianVector(direction, image);
            }

            @Override
            public void restrict(double[] direction) {
                orbit.projectOut(direction);
            }
        });
        double size = Math.max(
                Math.abs(found.lowest().get(0).value()),
                Math.abs(found.highest().get(0).value()));
        return new Partial(found, orbit.dimension(), RELATIVE_ZERO * size);
    }

    /**
     * All eigenvalues.
     *
     * @param eigenvalues ascending
     */
    record Complete(double[] eigenvalues, double[] lowest, int orbitDimension, double zeroTolerance)
            implements Spectrum {
        static Complete of(SymmetricEigen eigen, int orbitDimension) {
            double[] values = eigen.values();
            Matrix vectors = eigen.vectors();
            double size = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
            return new Complete(values, vectors.column(0), orbitDimension, RELATIVE_ZERO * size);
        }

        @Override
        public Complete withZeroToleranceAtLeast(double tolerance) {
            return new Complete(eigenvalues, lowest, orbitDimension, Math.max(tolerance, zeroTolerance));
        }

        @Override
        public double smallest() {
            return eigenvalues[0];
        }

        @Override
        public double largest() {
            return eigenvalues[eigenvalues.length - 1];
        }

        @Override
        public int index() {
            return (int) Arrays.stream(eigenvalues)
                    .filter(value -> value < -zeroTolerance)
                    .count();
        }

        @Override
        public int nullity() {
            return (int) Arrays.stream(eigenvalues)
                    .filter(value -> Math.abs(value) <= zeroTolerance)
                    .count();
        }

        @Override
        public double smallestPositive() {
            return Arrays.stream(eigenvalues)
                    .filter(value -> value > zeroTolerance)
                    .findFirst()
                    .orElse(0);
        }

        @Override
        public double condition() {
            double[] sizes = Arrays.stream(eigenvalues).map(Math::abs).sorted().toArray();
            if (nullity() > orbitDimension) {
                return Double.POSITIVE_INFINITY;
            }
            return sizes[sizes.length - 1] / sizes[Math.min(orbitDimension, sizes.length - 1)];
        }
    }

    /**
     * The extreme eigenvalues.
     *
     * @param transverse the extreme eigenvalues transverse to the orbit, each with a residual that bounds its error
     */
    record Partial(Lanczos.Result transverse, int orbitDimension, double zeroTolerance) implements Spectrum {
        @Override
        public Partial withZeroToleranceAtLeast(double tolerance) {
            return new Partial(transverse, orbitDimension, Math.max(tolerance, zeroTolerance));
        }

        @Override
        public double smallest() {
            double value = transverse.lowest().get(0).value();
            return orbitDimension > 0 ? Math.min(0, value) : value;
        }

        @Override
        public double largest() {
            return transverse.highest().get(0).value();
        }

        @Override
        public double[] lowest() {
            return transverse.lowest().get(0).vector();
        }

        @Override
        public int index() {
            return (int) transverse.lowest().stream()
                    .filter(pair -> pair.value() < -zeroTolerance)
                    .count();
        }

        @Override
        public int nullity() {
            return orbitDimension
                    + (int) transverse.lowest().stream()
                            .filter(pair -> Math.abs(pair.value()) <= zeroTolerance)
                            .count();
        }

        @Override
        public double smallestPositive() {
            return transverse.lowest().stream()
                    .map(Lanczos.Pair::value)
                    .filter(value -> value > zeroTolerance)
                    .min(Comparator.naturalOrder())
                    .orElse(largest());
        }

        @Override
        public double condition() {
            if (nullity() > orbitDimension) {
                return Double.POSITIVE_INFINITY;
            }
            double least = transverse.lowest().stream()
                    .mapToDouble(pair -> Math.abs(pair.value()))
                    .min()
                    .orElse(0);
            return Math.max(-smallest(), largest()) / least;
        }
    }
}
