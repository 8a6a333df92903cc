package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/** The result of {@link NonnegativeSolver}, with a certified lower bound on the minimum over all H ≥ 0. */
public sealed interface NonnegativeSolution permits ClassUnits, FoundUnits, SharedClassUnits {
    /** Maximum K·M of a point whose factors are written out to be judged. */
    long ASSESSABLE = 4_000_000;

    NonnegativeProblem problem();

    /** The value found. */
    double objective();

    /** No point with H ≥ 0 is lower, whatever its feature dimension. */
    LowerBound lowerBound();

    /** How it was found. */
    Method method();

    /** The number of units with which the minimum over all feature dimensions is attained; at least that of the point. */
    int neededWidth();

    /** The value that {@link #neededWidth} units attain. */
    double unrestrictedObjective();

    /** The classes whose features are not zero, ascending. */
    int[] survivingClasses();

    /** The point of the reduced model: W {@code K×d}, Ĥ {@code d×M}, b. */
    UfmPoint point();

    /** Whether more feature dimensions could not lower the value. */
    default boolean reachesUnrestricted() {
        return problem().free().featureDimension() >= neededWidth();
    }

    /** The classes whose features are zero, ascending. */
    default int[] deadClasses() {
        int[] surviving = survivingClasses();
        int[] dead = new int[problem().free().groups() - surviving.length];
        int next = 0;
        for (int k = 0; k - next < dead.length; k++) {
            if (next < surviving.length && surviving[next] == k) {
                next++;
            } else {
                dead[k - next] = k;
            }
        }
        return dead;
    }

    /** The certified relative gap, {@code (objective − bound)/objective}. */
    default double relativeGap() {
        return lowerBound().relativeGap(objective());
    }

    /** An upper bound on γ₊(∇g)/μ; 1 at a global minimum other than zero. */
    default double gaugeOverMu() {
        return lowerBound().sigmaMax() / problem().free().mu();
    }

    /** The verdict on the point, with the assessor's tolerances. It never says that the point is not critical. */
    default Verdict verdict(Assessor.Options options) {
        double gap = relativeGap();
        if (gap <= options.relativeGap()) {
            return new Verdict.GlobalMinimum(objective(), lowerBound(), gap, options.relativeGap());
        }
        UfmProblem free = problem().free();
        if ((long) free.classes() * free.groups() > ASSESSABLE) {
            return new Verdict.Undecided(new Reason.GapRemains(gap, options.relativeGap()));
        }
        Verdict verdict = new NonnegativeAssessor(options.withBestKnown(objective()))
                .assess(UfmModel.reduced(free), point(), lowerBound())
                .verdict();
        // The solver's tolerance was missed; that says nothing about the landscape.
        return verdict instanceof Verdict.NotCritical
                ? new Verdict.Undecided(new Reason.GapRemains(gap, options.relativeGap()))
                : verdict;
    }

    /** How a solution was found. */
    enum Method {
        /** One unit for each surviving class. */
        GROUP_LASSO,
        /** Units that classes share. */
        SHARED_UNITS,
        /** The lowest of many starts in few dimensions. */
        MULTI_START
    }
}
