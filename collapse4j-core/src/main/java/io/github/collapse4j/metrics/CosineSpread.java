package io.github.collapse4j.metrics;

/**
 * NC2, equal and maximal angles, over pairs of centred class means (Papyan, Han and Donoho 2020).
 *
 * @param mean mean of the cosines; −1/(K−1) for a simplex ETF
 * @param standardDeviation population standard deviation of the cosines; 0 for equal angles
 * @param meanDeviation mean of |cos + 1/(K−1)|; 0 for maximal angles
 */
public record CosineSpread(Estimate mean, double standardDeviation, Estimate meanDeviation) {

    /** Takes squared distances of unit vectors: 1 − cos = ‖u − v‖²/2 keeps its digits at small angles. */
    static final class Sums {
        private final double ideal;
        private final PairMoments cosines;
        private final PairMoments deviations = new PairMoments(0);
        private long pairs;

        Sums(int classes) {
            this.ideal = -1 / (classes - 1.0);
            this.cosines = new PairMoments(ideal);
        }

        void add(double squaredDistance) {
            double cosine = 1 - squaredDistance / 2;
            cosines.add(cosine);
            deviations.add(Math.abs(cosine - ideal));
            pairs++;
        }

        long pairs() {
            return pairs;
        }

        CosineSpread result(boolean exact) {
            return new CosineSpread(cosines.estimate(exact), Math.sqrt(cosines.variance()), deviations.estimate(exact));
        }
    }
}
