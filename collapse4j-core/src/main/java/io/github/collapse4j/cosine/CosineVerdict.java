package io.github.collapse4j.cosine;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import java.util.Locale;

/** The verdict on a point of a cosine head (docs/theory.md §13), with its numbers and its tolerance. */
public sealed interface CosineVerdict {
    /** The reason, in one or two sentences. */
    String explanation();

    /** The type name used in reports. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * No point of any dimension is lower by more than the certified relative gap.
     *
     * @param relativeGap (F − bound)/F, rigorous
     * @param tolerance the gap up to which a point counts as a global minimum
     */
    record GlobalMinimum(double objective, LowerBound bound, double relativeGap, double tolerance)
            implements CosineVerdict {
        @Override
        public String explanation() {
            return format(
                    "global minimum: no point can be lower than %.12g, which is %.2g relative below the value %.12g"
                            + " (tolerance %.1g)",
                    bound.value(), relativeGap, objective, tolerance);
        }
    }

    /**
     * A critical point, to within the noise, at which the objective falls quadratically.
     *
     * @param origin where the direction comes from
     * @param direction Δ of norm 1, tangent: changes of the rows of W and of the columns of H as columns, {@code d×(K+M)}
     * @param curvature ⟨Δ, Hess F Δ⟩ &lt; 0, from a Hessian-vector product
     * @param rank number of dimensions that the point uses
     * @param featureDimension d
     * @param noise largest relative gradient of a vector; curvatures are compared with a multiple of it
     */
    record StrictSaddle(Origin origin, Matrix direction, double curvature, int rank, int featureDimension, double noise)
            implements CosineVerdict {
        /** Where a direction of negative curvature comes from. */
        public enum Origin {
            /** A dimension that no vector uses: the theorem for rank below d. */
            UNUSED_DIMENSION("every vector can turn into an unused dimension"),
            /** A feature that leaves all cosines equal: the theorem for W of rank K. */
            COMMON_SHIFT("a feature can turn in the direction that shifts all of its cosines alike"),
            /** The Hessian's eigenvector. */
            EIGENVECTOR("along an eigenvector of the Hessian");

            private final String words;

            Origin(String words) {
                this.words = words;
            }
        }

        @Override
        public String explanation() {
            return format(
                    "strict saddle of rank %d in d = %d dimensions, to within the noise (%.1g): the objective falls with"
                            + " curvature %.9g, because %s",
                    rank, featureDimension, noise, curvature, origin.words);
        }
    }

    /**
     * A local minimum, together with the value of a lower point of the same problem.
     *
     * @param witness that no theorem excludes this verdict
     * @param objective the value of the local minimum
     * @param better the value of a lower point in the same dimension
     * @param nullity number of zero eigenvalues of the Hessian, all from rotations
     * @param smallestPositive the smallest other eigenvalue, positive
     * @param smallestCurvature the smallest eigenvalue, zero to within the noise
     */
    record SpuriousLocalMinimum(
            FewDimensions witness,
            double objective,
            double better,
            int nullity,
            double smallestPositive,
            double smallestCurvature,
            double noise)
            implements CosineVerdict {
        @Override
        public String explanation() {
            return format(
                    "spurious local minimum: no negative curvature (smallest eigenvalue %.2g, nullity %d from rotations,"
                            + " next eigenvalue %.4g) at the value %.12g, but a point of value %.12g exists (noise %.1g)",
                    smallestCurvature, nullity, smallestPositive, objective, better, noise);
        }
    }

    /**
     * A local minimum above the certified bound, for which no lower point in the same dimension was found.
     *
     * @param witness that no theorem excludes this verdict
     * @param bound the certified bound, which holds for every dimension and need not be attained in this one
     * @param searched number of starts, none of which found a lower point
     */
    record LocalMinimum(
            FewDimensions witness,
            double objective,
            LowerBound bound,
            int searched,
            int nullity,
            double smallestPositive,
            double smallestCurvature,
            double noise)
            implements CosineVerdict {
        @Override
        public String explanation() {
            return format(
                    "local minimum: no negative curvature (smallest eigenvalue %.2g, nullity %d from rotations, next"
                            + " eigenvalue %.4g) at the value %.12g; %d starts found nothing lower, and nothing can be below"
                            + " %.12g, in any dimension (noise %.1g)",
                    smallestCurvature, nullity, smallestPositive, objective, searched, bound.value(), noise);
        }
    }

    /**
     * Two classes in the plane with equal classifier rows orthogonal to all features: the Hessian has no negative eigenvalue,
     * and yet the objective falls, like the fifth power of the step. The only critical points at d ≥ K of this kind.
     */
    record DegenerateSaddle(double objective, double lower) implements CosineVerdict {
        @Override
        public String explanation() {
            return format(
                    "degenerate saddle: equal classifier rows, orthogonal to all features; without negative curvature, but"
                            + " %.12g is reached nearby from the value %.12g",
                    lower, objective);
        }
    }

    /**
     * The gradient does not vanish.
     *
     * @param relativeGradient {@link CosineDerivatives#relativeGradient()}
     * @param relativeGap the certified gap, which holds here too
     * @param tolerance the relative gradient up to which a point counts as critical
     */
    record NotCritical(double relativeGradient, double relativeGap, double tolerance) implements CosineVerdict {
        @Override
        public String explanation() {
            return format(
                    "not a critical point: relative gradient %.3g (tolerance %.1g); certified relative gap at most %.4g",
                    relativeGradient, tolerance, relativeGap);
        }
    }

    /**
     * No verdict is possible.
     *
     * @param reason one clause, without a full stop
     */
    record Undecided(String reason) implements CosineVerdict {
        @Override
        public String explanation() {
            return "undecided: " + reason;
        }
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
