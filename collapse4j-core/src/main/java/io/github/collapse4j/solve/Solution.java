package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/** What the solver found, with a certified lower bound of the global minimum. */
public sealed interface Solution {
    UfmProblem problem();

    /** The value found. */
    double objective();

    LowerBound lowerBound();

    /** How it was found. */
    Method method();

    /** The rank of W and H. */
    int rank();

    /** The point of the reduced model: W {@code K×d}, Ĥ {@code d×K}, b. */
    UfmPoint point();

    /** The solution of the convex twin, whose value bounds the objective from below at any feature dimension. */
    TwinSolution twin();

    /** The certified relative gap, {@code (objective − bound)/objective}. */
    default double relativeGap() {
        return lowerBound().relativeGap(objective());
    }

    /** What the point is, with the assessor's tolerances. */
    Verdict verdict(Assessor.Options options);

    /** How a solution was found. */
    enum Method {
        CLOSED_FORM,
        NEWTON_ON_GROUPS,
        MULTI_START
    }

    /** The global minimum: the twin's solution fits into the feature dimension. */
    record GlobalMinimum(Method method, TwinSolution twin) implements Solution {
        @Override
        public UfmProblem problem() {
            return twin.problem();
        }

        @Override
        public double objective() {
            return twin.objective();
        }

        @Override
        public LowerBound lowerBound() {
            return twin.lowerBound();
        }

        @Override
        public int rank() {
            return twin.rank();
        }

        @Override
        public UfmPoint point() {
            return Factors.of(twin);
        }

        @Override
        public Verdict verdict(Assessor.Options options) {
            double gap = relativeGap();
            return gap <= options.relativeGap()
                    ? new Verdict.GlobalMinimum(objective(), lowerBound(), gap, options.relativeGap())
                    : new Verdict.Undecided(new Reason.GapRemains(gap, options.relativeGap()));
        }
    }

    /**
     * The lowest of several local minima, where the twin's solution has a rank above d: the bound then is not tight, and
     * nothing says that the point is the global minimum.
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
            // The twin's bound is tighter than the one that the assessor has from the point alone.
            return verdict instanceof Verdict.LocalMinimum minimum ? minimum.withBound(lowerBound()) : verdict;
        }
    }
}
