package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.OpenLandscape;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.curvature.DenseHessian;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * The second-order verdict on a point of the reduced model without dead units: with strict multipliers for every entry
 * of Ĥ at zero, the Hessian over W, b and the positive entries decides (docs/theory.md §14).
 */
final class FaceVerdict {
    /** Maximum number of variables of the Hessian. */
    private static final int ASSESSABLE = 3000;

    /** Residual above which the point is first moved to the critical point next to it. */
    private static final double EXACT = 1e-11;

    /** Entries of Ĥ below this, in balanced units, are at zero. */
    private static final double ZERO = 1e-8;

    /** Multipliers below this, relative to μ, are not known to be strict. */
    private static final double STRICT = 1e-7;

    /** Eigenvalues below this, relative to the largest, are zero. */
    private static final double NULL = 1e-11;

    /** Relative difference of two values that is more than round-off. */
    private static final double ROOM = 1e-10;

    private final UfmModel reduced;
    private final UfmPoint point;
    private final double distance;
    private final double noise;

    FaceVerdict(UfmModel reduced, UfmPoint means, double noise) {
        this.reduced = reduced;
        this.noise = noise;
        UfmPoint polished = means;
        if (NonnegativeAssessor.residuals(reduced, means).largest() > EXACT) {
            UfmPoint start = UnitSearch.inBalancedUnits(reduced.problem(), means);
            UfmModel balanced = UfmModel.reduced(new UnitSearch(reduced.problem(), 0).balanced());
            polished = UnitSearch.inUnitsOf(
                    reduced.problem(), FaceDescent.from(balanced, start).point());
        }
        this.point = polished;
        this.distance = distance(polished, means);
    }

    private static double distance(UfmPoint a, UfmPoint b) {
        double ofW = a.classifier().copy().add(-1, b.classifier()).norm()
                / Math.max(Double.MIN_NORMAL, b.classifier().norm());
        double ofH = a.features().copy().add(-1, b.features()).norm()
                / Math.max(Double.MIN_NORMAL, b.features().norm());
        return Math.max(ofW, ofH);
    }

    /**
     * The verdict; empty if the noise hides it.
     *
     * @param better supplies the lowest value known for the problem
     */
    Optional<Verdict> verdict(double objective, LowerBound bound, DoubleSupplier better) {
        int size = reduced.dimension();
        if (size > ASSESSABLE || !(distance <= Math.sqrt(noise))) {
            return Optional.empty();
        }
        boolean[] isFree = freeVariables();
        if (!hasStrictMultipliers(isFree)) {
            return Optional.empty();
        }
        int[] free = IntStream.range(0, size).filter(i -> isFree[i]).toArray();
        Matrix hessian = DenseHessian.of(reduced, point);
        Matrix face = Matrix.zeros(free.length, free.length);
        for (int j = 0; j < free.length; j++) {
            for (int i = 0; i < free.length; i++) {
                face.set(i, j, hessian.get(free[i], free[j]));
            }
        }
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(face);
        double[] values = eigen.values();
        double tolerance = NULL * values[values.length - 1];
        OpenLandscape landscape = OpenLandscape.ofNonnegativeFeatures(reduced.problem());
        if (values[0] < -tolerance) {
            int index = (int) IntStream.range(0, values.length)
                    .filter(i -> values[i] < -tolerance)
                    .count();
            double[] direction = new double[size];
            for (int i = 0; i < free.length; i++) {
                direction[free[i]] = eigen.vectors().get(i, 0);
            }
            return Optional.of(new Verdict.OtherSaddle(
                    landscape, reduced.objective().toPoint(direction), values[0], index, tolerance));
        }
        int nullity = (int) IntStream.range(0, values.length)
                .filter(i -> values[i] <= tolerance)
                .count();
        int explained = FaceSymmetry.dimension(reduced.problem(), point, isFree);
        if (nullity != explained) {
            return Optional.empty();
        }
        double smallestPositive = nullity < values.length ? values[nullity] : 0;
        double value = reduced.value(point);
        double other = better.getAsDouble();
        if (other < value * (1 - ROOM)) {
            return Optional.of(new Verdict.SpuriousLocalMinimum(
                    landscape, value, distance, other, nullity, explained, values[0], smallestPositive, tolerance));
        }
        return Optional.of(new Verdict.LocalMinimum(
                landscape,
                value,
                distance,
                bound,
                bound.relativeGap(value),
                0,
                nullity,
                explained,
                values[0],
                smallestPositive,
                tolerance));
    }

    /** Whether each of {@code [W | H | b]} is a variable of the face: all but the entries of Ĥ at zero. */
    private boolean[] freeVariables() {
        int sizeW = point.classifier().data().length;
        double unit = Math.pow(reduced.problem().lambdaH() / reduced.problem().lambdaW(), 0.25);
        boolean[] free = new boolean[reduced.dimension()];
        for (int i = 0; i < free.length; i++) {
            int entry = i - sizeW;
            boolean isFeature = entry >= 0 && entry < point.features().data().length;
            free[i] = !isFeature || unit * point.features().data()[entry] > ZERO;
        }
        return free;
    }

    private boolean hasStrictMultipliers(boolean[] isFree) {
        UfmObjective objective = reduced.objective();
        double[] gradient = new double[objective.dimension()];
        objective.linearize(objective.toVector(point), gradient);
        double unit = Math.pow(reduced.problem().lambdaH() / reduced.problem().lambdaW(), 0.25);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < gradient.length; i++) {
            least = isFree[i] ? least : Math.min(least, gradient[i] / unit);
        }
        return least > Math.max(STRICT, noise) * reduced.problem().mu();
    }
}
