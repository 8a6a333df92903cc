package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.SingleFactor;
import io.github.collapse4j.linalg.Vectors;
import java.util.List;

/** Classifies samples batch by batch; the working memory of one thread. */
final class Decider {
    /** Target number of scores in memory: with many classes, the scores of a whole batch would take gigabytes. */
    private static final int SCORES = 1 << 22;

    /** Minimum number of columns for efficient products. */
    private static final int MIN_COLUMNS = 64;

    private final List<Rule> rules;
    private final DecisionBalls balls;
    private final double[] centre;
    private final int rows;
    private final int columns;
    private final int[] open;
    private final float[] centred;
    private final double[] norms;
    private final float[] products;
    private final SingleFactor.Workspace workspace;
    private final int[][] winners;

    Decider(DecisionRules decisions, int capacity) {
        this.rules = decisions.rules();
        this.balls = decisions.balls();
        this.centre = decisions.centre();
        this.rows = decisions.factor().rows();
        this.columns = Math.min(capacity, Math.max(MIN_COLUMNS, SCORES / Math.max(1, rows)));
        open = new int[columns];
        centred = new float[Math.multiplyExact(columns, centre.length)];
        norms = new double[columns];
        products = new float[Math.multiplyExact(columns, rows)];
        workspace = decisions.factor().workspace(columns);
        winners = new int[rules.size()][capacity];
    }

    /**
     * Classifies all samples of a batch.
     *
     * @param squares for each sample, its weight times the squared distance from the mean of its own class
     */
    void decide(SampleBatch batch, double[] squares) {
        int count = 0;
        for (int j = 0; j < batch.count(); j++) {
            if (balls.contains(batch.labels()[j], squares[j], batch.weights()[j])) {
                settle(j, batch.labels()[j]);
            } else {
                centre(batch.features(), j, count);
                open[count++] = j;
            }
            if (count == columns || (count > 0 && j == batch.count() - 1)) {
                decideOpen(batch.features(), count);
                count = 0;
            }
        }
    }

    private void decideOpen(double[] features, int count) {
        workspace.multiply(centred, count, products);
        for (int o = 0; o < count; o++) {
            int from = open[o] * centre.length;
            for (int r = 0; r < winners.length; r++) {
                winners[r][open[o]] = rules.get(r).winner(products, o * rows, norms[o], features, from);
            }
        }
    }

    private void settle(int j, int label) {
        for (int r = 0; r < winners.length; r++) {
            winners[r][j] = rules.get(r).candidate(balls.winner(r, label));
        }
    }

    private void centre(double[] features, int j, int column) {
        int d = centre.length;
        int from = j * d;
        int to = column * d;
        for (int i = 0; i < d; i++) {
            centred[to + i] = (float) (features[from + i] - centre[i]);
        }
        double square = Vectors.squares(centred, to, to + d);
        // Covers the rounding of the sum itself and squares that underflow.
        norms[column] = Math.sqrt(square * (1 + 2e-7 * (d + 4)) + d * 1e-44);
    }

    /** The class chosen by a rule for each sample of the last batch; overwritten by the next call. */
    int[] winners(Rule rule) {
        return winners[rules.indexOf(rule)];
    }
}
