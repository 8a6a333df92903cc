package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SingleFactor;
import io.github.collapse4j.linalg.UnitRoundOff;

/** Computes the radii of {@link DecisionBalls} a few classes at a time, so that K×K numbers are never in memory. */
final class BallTile {
    private static final int ENTRIES = 1 << 20;

    /** Allows for rounding of the distances that are compared with a radius. */
    private static final double SAFETY = 1 - 1e-9;

    private final Matrix rows;
    private final SingleFactor.Workspace workspace;
    private final double productError;
    private final double[] rowNorms;
    private final int capacity;
    private final float[] columns;
    private final float[] scores;
    private final float[] products;
    private final double[] pointNorms;

    BallTile(Matrix rows, SingleFactor factor, int classes) {
        this.rows = rows;
        int d = rows.columns();
        this.capacity = Math.max(1, Math.min(classes, ENTRIES / Math.max(1, Math.max(rows.rows(), d))));
        this.workspace = factor.workspace(capacity);
        this.productError = factor.errorFactor() + 4 * (d + 4) * UnitRoundOff.DOUBLE;
        this.rowNorms = rows.rowNorms();
        this.columns = new float[capacity * d];
        this.scores = new float[capacity * rows.rows()];
        this.products = new float[capacity * rows.rows()];
        this.pointNorms = new double[capacity];
    }

    /** The maximum number of classes at a time. */
    int capacity() {
        return capacity;
    }

    /** Computes the scores of all rows at some of the points. */
    void score(Matrix points, int first, int count) {
        int d = rows.columns();
        for (int j = 0; j < count; j++) {
            double square = 0;
            for (int i = 0; i < d; i++) {
                double entry = points.get(i, first + j);
                columns[j * d + i] = (float) entry;
                square += entry * entry;
            }
            pointNorms[j] = Math.sqrt(square);
        }
        workspace.multiply(columns, count, scores);
        System.arraycopy(scores, 0, products, 0, count * rows.rows());
    }

    /** Finds the winners of a rule at the points and shrinks the radii to where those still win. */
    void shrink(AffineScores rule, int[] winners, double[] radii, int first, int count) {
        int d = rows.columns();
        boolean changed = false;
        for (int j = 0; j < count; j++) {
            int winner = winner(rule, j);
            winners[first + j] = winner;
            for (int i = 0; i < d; i++) {
                float entry = (float) rows.get(rule.firstRow() + winner, i);
                changed |= columns[j * d + i] != entry;
                columns[j * d + i] = entry;
            }
        }
        if (changed) {
            workspace.multiply(columns, count, products);
        }
        for (int j = 0; j < count; j++) {
            radii[first + j] = Math.min(radii[first + j], radius(rule, j, winners[first + j]));
        }
    }

    private int winner(AffineScores rule, int j) {
        int start = j * rows.rows() + rule.firstRow();
        double[] offsets = rule.offsets();
        int winner = 0;
        for (int k = 1; k < offsets.length; k++) {
            if (scores[start + k] + offsets[k] > scores[start + winner] + offsets[winner]) {
                winner = k;
            }
        }
        return winner;
    }

    private double radius(AffineScores rule, int j, int winner) {
        int start = j * rows.rows() + rule.firstRow();
        double[] offsets = rule.offsets();
        double best = scores[start + winner] + offsets[winner] - 2 * rule.bound(pointNorms[j]);
        double norm = rowNorms[rule.firstRow() + winner];
        double radius = Double.POSITIVE_INFINITY;
        for (int k = 0; k < offsets.length; k++) {
            if (k != winner) {
                double margin = best - (scores[start + k] + offsets[k]);
                double otherNorm = rowNorms[rule.firstRow() + k];
                double error = productError * norm * otherNorm
                        + rows.columns() * AffineScores.SINGLE_UNDERFLOW * (1 + norm + otherNorm);
                double product = products[start + k] - error;
                double square = norm * norm + otherNorm * otherNorm - 2 * product;
                // Written so that a NaN from overflowing products gives an empty ball.
                radius = margin > 0 && square < Double.POSITIVE_INFINITY
                        ? Math.min(radius, SAFETY * margin / Math.sqrt(Math.max(0, square)))
                        : 0;
                if (radius == 0) {
                    return 0;
                }
            }
        }
        return radius;
    }
}
