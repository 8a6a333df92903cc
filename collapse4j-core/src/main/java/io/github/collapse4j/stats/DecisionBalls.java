package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SingleFactor;
import java.util.Arrays;
import java.util.List;

/**
 * A ball around each class mean μ in which no decision changes: if scores r_kᵀx + o_k have the winner w at μ, they have
 * the same winner at every x with ‖x − μ‖ less than ((r_w − r_k)ᵀμ + o_w − o_k)/‖r_w − r_k‖ for every k. Features that
 * have begun to collapse lie inside and need no scores. Radii are lower bounds that allow for rounding.
 */
final class DecisionBalls {
    /** Smaller squares have lost digits to underflow. */
    private static final double UNDERFLOW = 1e-280;

    private final int[][] winners;
    private final double[] squaredRadii;

    private DecisionBalls(int[][] winners, double[] squaredRadii) {
        this.winners = winners;
        this.squaredRadii = squaredRadii;
    }

    /** Empty balls. */
    static DecisionBalls empty(int classes) {
        return new DecisionBalls(new int[0][], new double[classes]);
    }

    /**
     * Balls in which every rule keeps its winner.
     *
     * @param rows rows of the scores of all rules, {@code m×d}
     * @param factor the same rows in single precision
     * @param rules the rules, the nearest mean first, so that its products serve both steps
     * @param points the centres, {@code d×K}, in the coordinates of the scores
     */
    static DecisionBalls of(Matrix rows, SingleFactor factor, List<AffineScores> rules, Matrix points) {
        int classes = points.columns();
        int[][] winners = new int[rules.size()][classes];
        double[] radii = new double[classes];
        Arrays.fill(radii, Double.POSITIVE_INFINITY);
        BallTile tile = new BallTile(rows, factor, classes);
        for (int first = 0; first < classes; first += tile.capacity()) {
            int count = Math.min(tile.capacity(), classes - first);
            tile.score(points, first, count);
            for (int r = 0; r < winners.length; r++) {
                tile.shrink(rules.get(r), winners[r], radii, first, count);
            }
        }
        for (int k = 0; k < classes; k++) {
            radii[k] *= radii[k];
        }
        return new DecisionBalls(winners, radii);
    }

    /** Whether they are {@link #empty}. */
    boolean areEmpty() {
        return winners.length == 0;
    }

    /** Whether a sample lies in the ball of a class, given its weight and its weighted squared distance. */
    boolean contains(int label, double weightedSquare, double weight) {
        double limit = weight * squaredRadii[label];
        return weightedSquare < limit && limit > UNDERFLOW;
    }

    /** The index of the score that wins in the ball of a class. */
    int winner(int rule, int label) {
        return winners[rule][label];
    }
}
