package io.github.collapse4j.cosine;

import io.github.collapse4j.cosine.CosineVerdict.StrictSaddle.Origin;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import java.util.Optional;

/**
 * A tangent direction of negative curvature, from the theorems of docs/theory.md §13. Whatever suggests a direction, the
 * curvature is measured by a Hessian-vector product at the point itself and has to exceed the noise in natural units.
 *
 * @param vector of norm 1, ambient
 * @param curvature ⟨Δ, Hess F Δ⟩
 */
record FallingDirection(Origin origin, double[] vector, double curvature) {
    /**
     * Turns all vectors towards the dimension that they use least: on unused dimensions the Hessian is S.
     *
     * @param tolerance curvature in natural units that counts as zero
     */
    static Optional<FallingDirection> towardsUnused(CosineDerivatives at, double tolerance) {
        Matrix units = at.point().units();
        int d = units.rows();
        SymmetricEigen ofDimensions = LinearAlgebra.symmetricEigen(LinearAlgebra.gramOfRows(units));
        double[] least = ofDimensions.vectors().column(0);
        double[] weights = lowestOf(at.stability(), at.masses());
        double[] vector = new double[units.data().length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = weights[i / d] * least[i % d];
        }
        return measured(Origin.UNUSED_DIMENSION, at, vector, tolerance);
    }

    /** Turns the feature of the most negative β towards {@code W⁺1}, which changes all of its cosines alike. */
    static Optional<FallingDirection> byCommonShift(CosineDerivatives at, double tolerance) {
        int d = at.problem().featureDimension();
        double[] beta = at.beta();
        int group = 0;
        for (int i = 1; i < beta.length; i++) {
            if (beta[i] < beta[group]) {
                group = i;
            }
        }
        Svd svd = LinearAlgebra.svd(at.point().classifier());
        double[] shift = new double[d];
        for (int j = 0; j < svd.values().length; j++) {
            if (svd.values()[j] > 1e-8 * svd.values()[0]) {
                double sum = 0;
                for (double entry : svd.v().column(j)) {
                    sum += entry;
                }
                Vectors.add(sum / svd.values()[j], svd.u().column(j), shift);
            }
        }
        double[] vector = new double[d * at.masses().length];
        System.arraycopy(shift, 0, vector, (at.problem().classes() + group) * d, d);
        return measured(Origin.COMMON_SHIFT, at, vector, tolerance);
    }

    /** Along a given vector, such as an eigenvector. */
    static Optional<FallingDirection> along(CosineDerivatives at, double[] vector, double tolerance) {
        return measured(Origin.EIGENVECTOR, at, vector.clone(), tolerance);
    }

    private static Optional<FallingDirection> measured(
            Origin origin, CosineDerivatives at, double[] vector, double tolerance) {
        int d = at.problem().featureDimension();
        // Of a vector that is nearly normal to the spheres, one projection leaves round-off that is not tangent.
        for (int pass = 0; pass < 2; pass++) {
            CosineDerivatives.project(at.point().units().data(), vector, d);
            double norm = Vectors.norm(vector);
            if (!(norm > 0)) {
                return Optional.empty();
            }
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= norm;
            }
        }
        double natural = 0;
        for (int i = 0; i < vector.length; i++) {
            natural += vector[i] * vector[i] * at.masses()[i / d];
        }
        double[] image = new double[vector.length];
        at.hessianVector(vector, image);
        double curvature = Vectors.dot(vector, image);
        return curvature < -tolerance * natural
                ? Optional.of(new FallingDirection(origin, vector, curvature))
                : Optional.empty();
    }

    /** An eigenvector of the smallest eigenvalue of S: the lowest curvature per squared length. */
    private static double[] lowestOf(Matrix stability, double[] masses) {
        SymmetricEigen plain = LinearAlgebra.symmetricEigen(stability);
        double[] values = plain.values();
        double resolved = 1e-10 * Math.max(-values[0], values[values.length - 1]);
        if (values[0] < -resolved) {
            return plain.vectors().column(0);
        }
        // Rare classes hide below the rounding of frequent ones: look again in natural units.
        Matrix scaled = stability.copy();
        for (int j = 0; j < masses.length; j++) {
            for (int i = 0; i < masses.length; i++) {
                scaled.set(i, j, scaled.get(i, j) / root(masses[i]) / root(masses[j]));
            }
        }
        double[] lowest = LinearAlgebra.symmetricEigen(scaled).vectors().column(0);
        for (int j = 0; j < lowest.length; j++) {
            lowest[j] /= root(masses[j]);
        }
        return lowest;
    }

    private static double root(double mass) {
        return mass > 0 ? Math.sqrt(mass) : 1;
    }
}
