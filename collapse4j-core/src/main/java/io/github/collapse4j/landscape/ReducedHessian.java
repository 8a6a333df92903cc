package io.github.collapse4j.landscape;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/** The dense Hessian of a model, built column by column from Hessian-vector products. */
public final class ReducedHessian {
    /** Unknowns up to which a dense Hessian is reasonable. */
    public static final int DENSE_LIMIT = 6000;

    private ReducedHessian() {}

    /** The Hessian over the vector {@code [W | H | b]} at a point. */
    public static Matrix dense(UfmModel model, UfmPoint point) {
        UfmObjective objective = model.objective();
        int n = objective.dimension();
        if (n > DENSE_LIMIT) {
            throw new IllegalArgumentException(
                    "dense Hessian: expected at most " + DENSE_LIMIT + " unknowns, found " + n);
        }
        Matrix hessian = Matrix.zeros(n, n);
        double[] image = new double[n];
        objective.linearize(objective.toVector(point), image);
        double[] unit = new double[n];
        for (int j = 0; j < n; j++) {
            unit[j] = 1;
            objective.hessianVector(unit, image);
            unit[j] = 0;
            System.arraycopy(image, 0, hessian.data(), j * n, n);
        }
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < j; i++) {
                double mean = (hessian.get(i, j) + hessian.get(j, i)) / 2;
                hessian.set(i, j, mean);
                hessian.set(j, i, mean);
            }
        }
        return hessian;
    }

    /** All eigenvalues at a point. */
    public static Spectrum spectrum(UfmModel model, UfmPoint point) {
        var eigen = LinearAlgebra.symmetricEigen(dense(model, point));
        return Spectrum.of(eigen.values(), eigen.vectors());
    }

    /**
     * The dimension of the symmetry orbit through a point of rank r (docs/theory.md §5): rotations of feature space that
     * move it, and the common shift of the bias where nothing holds it. A nondegenerate critical point has this nullity.
     */
    public static int orbitDimension(UfmProblem problem, int rank) {
        int d = problem.featureDimension();
        int rotations = d * (d - 1) / 2 - (d - rank) * (d - rank - 1) / 2;
        boolean shift = problem.loss().isShiftInvariant() && problem.bias() instanceof Bias.Free;
        return rotations + (shift ? 1 : 0);
    }
}
