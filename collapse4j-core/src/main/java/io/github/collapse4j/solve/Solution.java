package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Locale;

/** The result of the solver, with a certified lower bound on the global minimum. */
public sealed interface Solution extends Optimum {
    /** How it was found. */
    Method method();

    /** The solution of the convex twin, whose value bounds the objective from below at every feature dimension. */
    TwinSolution twin();

    /**
     * Whether the feature dimension suffices for the twin's solution, so that a larger one would not lower the value.
     */
    default boolean reachesTwin() {
        return rank() >= twin().rank();
    }

    /** The verdict on the point, with the assessor's tolerances. */
    Verdict verdict(Assessor.Options options);

    /** The value, its bound and how it was found, for the {@code toString} of the solutions. */
    private static String text(String name, Solution solution) {
        return String.format(
                Locale.ROOT,
                "%s: objective %.15g, lower bound %.15g, relative gap %.2e, rank %d, %s",
                name,
                solution.objective(),
                solution.lowerBound().value(),
                solution.relativeGap(),
                solution.rank(),
                solution.method());
    }

    /** How a solution was found. */
    enum Method {
        CLOSED_FORM,
        NEWTON_ON_GROUPS,
        MULTI_START
    }

    /**
     * The global minimum: the balanced factors of the twin's solution, with as many of its largest singular values as
     * fit into the feature dimension, have a value that is certified to the tolerance.
     *
     * @param tolerance the certified relative gap up to which a point is called a global minimum
     */
    record GlobalMinimum(Method method, TwinSolution twin, double tolerance) implements OfTwin {
        public GlobalMinimum {
            double gap = OfTwin.certifiedGap(twin);
            if (!(gap <= tolerance)) {
                throw new IllegalArgumentException("relativeGap: expected at most " + tolerance + ", found " + gap);
            }
        }

        @Override
        public Verdict.GlobalMinimum verdict(Assessor.Options options) {
            return new Verdict.GlobalMinimum(objective(), lowerBound(), relativeGap(), tolerance);
        }

        @Override
        public String toString() {
            return text("GlobalMinimum", this);
        }
    }

    /**
     * The same factors, with a certified gap above the tolerance: the solver was told to stop early, or round-off ended
     * its progress.
     */
    record Uncertified(Method method, TwinSolution twin) implements OfTwin {
        @Override
        public Verdict verdict(Assessor.Options options) {
            double gap = relativeGap();
            return gap <= options.relativeGap()
                    ? new Verdict.GlobalMinimum(objective(), lowerBound(), gap, options.relativeGap())
                    : new Verdict.Undecided(new Reason.GapRemains(gap, options.relativeGap()));
        }

        @Override
        public String toString() {
            return text("Uncertified", this);
        }
    }

    /** The balanced factors of the twin's solution, truncated to the feature dimension. */
    sealed interface OfTwin extends Solution {
        /** A {@link GlobalMinimum} if the factors' gap is within the tolerance, otherwise {@link Uncertified}. */
        static OfTwin of(Method method, TwinSolution twin, double tolerance) {
            return certifiedGap(twin) <= tolerance
                    ? new GlobalMinimum(method, twin, tolerance)
                    : new Uncertified(method, twin);
        }

        private static double certifiedGap(TwinSolution twin) {
            int d = twin.problem().featureDimension();
            return twin.lowerBound(d).relativeGap(twin.objective(d));
        }

        @Override
        default UfmProblem problem() {
            return twin().problem();
        }

        @Override
        default double objective() {
            return twin().objective(problem().featureDimension());
        }

        @Override
        default LowerBound lowerBound() {
            return twin().lowerBound(problem().featureDimension());
        }

        @Override
        default int rank() {
            return Math.min(twin().rank(), problem().featureDimension());
        }

        @Override
        default UfmPoint point() {
            return Factors.of(twin());
        }
    }

    /**
     * The lowest of several local minima, for a twin solution of rank above d: the bound is then not tight, and the
     * point need not be the global minimum.
     */
    record BestFound(UfmPoint point, double objective, int rank, int starts, TwinSolution twin) implements Solution {
        @Override
        public UfmProblem problem() {
            return twin.problem();
        }

        @Override
        public LowerBound lowerBound() {
            return twin.lowerBound();
        }

        @Override
        public Method method() {
            return Method.MULTI_START;
        }

        @Override
        public Verdict verdict(Assessor.Options options) {
            Verdict verdict = new Assessor(options.withSearchStarts(starts))
                    .assess(UfmModel.reduced(problem()), point)
                    .verdict();
            // The twin's bound is tighter than the assessor's, which is computed from the point alone.
            return verdict instanceof Verdict.LocalMinimum minimum ? minimum.withBound(lowerBound()) : verdict;
        }

        @Override
        public String toString() {
            return text("BestFound", this);
        }
    }
}
