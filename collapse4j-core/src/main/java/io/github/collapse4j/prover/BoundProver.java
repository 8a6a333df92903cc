package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.proof.Derivatives;
import io.github.collapse4j.proof.DualPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.Verification;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TwinSolution;

/** Creates proofs of lower bounds and of global minima from a solution. */
public final class BoundProver {
    /** The factor by which the stated width of a global minimum exceeds the gap. */
    private static final double WIDER = 1.001;

    private final ExactModel model;
    private final Solution solution;

    /** Solves a model in one feature dimension; the bound holds for all. */
    public BoundProver(ExactModel model, int d) {
        this(model, new GlobalSolver(SolveOptions.defaults()).solve(Translation.problem(model, d)));
    }

    /** A prover for a given solution of the model. */
    public BoundProver(ExactModel model, Solution solution) {
        this.model = model;
        this.solution = solution;
    }

    /** The solution that the proofs are made from. */
    public Solution solution() {
        return solution;
    }

    /** A lower bound for every feature dimension. */
    public Proof.GlobalLowerBound lowerBound() {
        return new Proof.GlobalLowerBound(model, dual());
    }

    /**
     * The solution's point is global to within a width slightly above the smallest possible; for an ungrouped model.
     */
    public Proof.GlobalMinimum globalMinimum() {
        ExactPoint point = Translation.exact(solution.point(), model.bias());
        DualPoint dual = dual();
        double width = Double.MIN_NORMAL;
        if (new Proof.GlobalLowerBound(model, dual).verify() instanceof Verification.Proved proved
                && proved.theorem() instanceof Theorem.GlobalLowerBound bound) {
            Interval value = new Derivatives(model, point).value();
            width = Math.max(width, WIDER * value.minus(bound.bound()).approximately());
        }
        return new Proof.GlobalMinimum(model, point, dual, width);
    }

    /** The twin's residuals. Its groups are the classes of equal counts; those of the model may be single classes. */
    private DualPoint dual() {
        TwinSolution twin = solution.twin();
        boolean cross = model.loss() == LossKind.CROSS_ENTROPY;
        int n = model.groups();
        int[] twinGroup = twinGroups(twin);
        double[][] columns = new double[n][n];
        double[] own = new double[cross ? 0 : n];
        for (int g = 0; g < n; g++) {
            double[] dualColumn = cross ? softmax(twin, twinGroup[g]) : residuals(twin, twinGroup[g]);
            for (int h = 0; h < n; h++) {
                columns[g][h] = dualColumn[twinGroup[h]];
            }
            double ofOwnClass = dualColumn[dualColumn.length - 1];
            if (!cross) {
                own[g] = ofOwnClass;
            }
            if (model.sizes()[g] == 1) {
                columns[g][g] = cross ? 0 : ofOwnClass;
            }
        }
        return new DualPoint(columns, own, 1);
    }

    private int[] twinGroups(TwinSolution twin) {
        int[] groups = new int[model.groups()];
        int firstClass = 0;
        for (int g = 0; g < groups.length; g++) {
            groups[g] = twin.groups().groupOf()[firstClass];
            firstClass += Math.toIntExact(model.sizes()[g]);
        }
        return groups;
    }

    /** The probabilities of one class of each group, followed by that of the own class. */
    private static double[] softmax(TwinSolution twin, int group) {
        Matrix logits = twin.logits();
        int rows = logits.rows();
        double[] q = new double[rows];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rows; i++) {
            largest = Math.max(largest, logits.get(i, group));
        }
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            q[i] = Math.exp(logits.get(i, group) - largest);
            sum += i == rows - 1 ? q[i] : q[i] * (twin.groups().sizes()[i] - (i == group ? 1 : 0));
        }
        for (int i = 0; i < rows; i++) {
            // In a group of one class this row stands for no class.
            q[i] = Math.min(1, q[i] / sum);
        }
        return q;
    }

    private static double[] residuals(TwinSolution twin, int group) {
        double[] residuals = twin.logits().column(group);
        residuals[residuals.length - 1] -= 1;
        return residuals;
    }
}
