package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.model.UfmPoint;

/** The group lasso's solution, whose units fit into d: one for each surviving class. */
record ClassUnits(NonnegativeProblem problem, LassoSolution lasso) implements NonnegativeSolution {
    @Override
    public double objective() {
        return lasso.objective();
    }

    @Override
    public LowerBound lowerBound() {
        return lasso.lowerBound();
    }

    @Override
    public Method method() {
        return Method.GROUP_LASSO;
    }

    @Override
    public int neededWidth() {
        return lasso.survivors();
    }

    @Override
    public double unrestrictedObjective() {
        return lasso.objective();
    }

    @Override
    public int[] survivingClasses() {
        int[] groupOf = lasso.model().groups().groupOf();
        boolean[] survives = new boolean[lasso.model().size()];
        for (int a = 0; a < survives.length; a++) {
            survives[a] = lasso.survives(a);
        }
        // Not a stream: there may be millions.
        int[] classes = new int[lasso.survivors()];
        int found = 0;
        for (int k = 0; k < groupOf.length; k++) {
            if (survives[groupOf[k]]) {
                classes[found++] = k;
            }
        }
        return classes;
    }

    @Override
    public UfmPoint point() {
        return lasso.point(problem.free().featureDimension());
    }
}
