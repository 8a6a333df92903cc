package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.proof.DualPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.GroupedPoint;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.Verification;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TwinSolution;
import java.util.stream.IntStream;

/** Creates proofs of lower bounds and of global minima from a solution. */
public final class BoundProver {
    /** The factor by which the stated width of a global minimum exceeds the gap. */
    private static final double WIDER = 1.001;

    /** The relative gap up to which a point is called global. */
    static final double RELATIVE_GAP = 1e-8;

    static final double MAX_WIDTH = 0x1p40;

    private final ExactModel model;
    private final TwinSolution twin;

    /**
     * A prover for a model and the twin's solution for its classes. Its groups, which may be single classes, have
     * the counts of the twin's groups.
     */
    public BoundProver(ExactModel model, TwinSolution twin) {
        this.model = model;
        this.twin = twin;
    }

    /** Solves a model in one feature dimension. */
    public static Solution solve(ExactModel model, int d) {
        return new GlobalSolver(SolveOptions.defaults()).solve(Translation.problem(model, d));
    }

    /** A lower bound for every feature dimension. */
    public Proof.GlobalLowerBound lowerBound() {
        return new Proof.GlobalLowerBound(model, dual());
    }

    /** A point of an ungrouped model is global to within a width slightly above the smallest possible. */
    public Proof.GlobalMinimum globalMinimum(UfmPoint candidate) {
        ExactPoint point = Translation.exact(candidate, model.bias());
        DualPoint dual = dual();
        double width = width(new Proof.GlobalMinimum(model, point, dual, MAX_WIDTH));
        return new Proof.GlobalMinimum(model, point, dual, Math.max(Double.MIN_NORMAL, width));
    }

    /**
     * The global minimum in a feature dimension if the twin's solution fits and the checker can handle it, and
     * otherwise the lower bound. The model has the twin's groups.
     */
    public Proof strongest(int featureDimension) {
        if (model.trained().isPresent() && model.sizes().length == model.classes()) {
            return twin.rank() <= featureDimension && twin.relativeGap() <= RELATIVE_GAP
                    ? globalMinimum(twin.factors())
                    : lowerBound();
        }
        int groups = twin.groups().groups();
        if (model.groups() != groups) {
            throw new IllegalArgumentException("model: expected " + groups + " groups, found " + model.groups());
        }
        int d = (int) Math.min(featureDimension, model.classes()); // more change nothing
        if (twin.rank() <= d && twin.relativeGap() <= RELATIVE_GAP) {
            GroupedPoint point = GroupedFactors.of(model, twin, d);
            DualPoint dual = dual();
            Proof wide = new Proof.GroupedGlobalMinimum(model, d, point, dual, MAX_WIDTH);
            double width = width(wide);
            if (width > 0) {
                return new Proof.GroupedGlobalMinimum(model, d, point, dual, width);
            }
        }
        return lowerBound();
    }

    /** A width slightly above the gap that a proof with a very large width leaves; 0 if it is not proved. */
    static double width(Proof wide) {
        if (wide.verify() instanceof Verification.Proved proved
                && proved.theorem() instanceof Theorem.GlobalMinimum minimum) {
            return Math.max(Double.MIN_NORMAL, WIDER * minimum.gap().approximately());
        }
        return 0;
    }

    /** The twin's residuals. Its groups are the classes of equal counts; those of the model may be single classes. */
    private DualPoint dual() {
        if (model.trained().isPresent()) {
            boolean ofClasses = model.sizes().length == model.classes();
            return TrainedDual.of(
                    model,
                    twin,
                    ofClasses
                            ? twin.groups().groupOf()
                            : IntStream.range(0, model.groups()).toArray());
        }
        boolean cross = model.loss() == LossKind.CROSS_ENTROPY;
        int n = model.groups();
        int[] twinGroup = twinGroups();
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

    private int[] twinGroups() {
        double[] counts = twin.groups().counts();
        int[] groups = new int[model.groups()];
        for (int g = 0; g < groups.length; g++) {
            while (counts[groups[g]] != model.counts()[g]) {
                groups[g]++;
            }
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
