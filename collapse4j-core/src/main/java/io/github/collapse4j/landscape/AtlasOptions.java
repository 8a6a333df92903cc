package io.github.collapse4j.landscape;

import io.github.collapse4j.certificate.Assessor;

/**
 * How thoroughly to search for critical points.
 *
 * @param startsPerRank random starts of the descent at d' = r, and the size of each further batch while batches find
 *     new points
 * @param partitionsPerRank for cross-entropy, searches among points whose classes coincide within the blocks of a
 *     partition; the partitions are drawn at random if there are more, and the number is doubled at small ranks
 * @param startsPerPartition maximum number of random starts per partition, if there are few partitions
 * @param subsetsPerRank for squared error, choices of singular directions; a random selection if there are more
 * @param rootSearchesPerRank random starts of Newton's method on ∇f = 0, which also ends at saddles
 * @param gradientTolerance maximum ‖∇f‖ of a point in the atlas
 * @param assessor tolerances of the verdicts
 * @param seed seed of every random choice
 */
public record AtlasOptions(
        int startsPerRank,
        int partitionsPerRank,
        int startsPerPartition,
        int subsetsPerRank,
        int rootSearchesPerRank,
        double gradientTolerance,
        Assessor.Options assessor,
        long seed) {
    public AtlasOptions {
        if (startsPerRank < 0
                || partitionsPerRank < 0
                || startsPerPartition < 0
                || subsetsPerRank < 0
                || rootSearchesPerRank < 0
                || !(gradientTolerance > 0)) {
            throw new IllegalArgumentException("atlas options out of range: startsPerRank " + startsPerRank
                    + ", partitionsPerRank " + partitionsPerRank + ", startsPerPartition " + startsPerPartition
                    + ", subsetsPerRank " + subsetsPerRank + ", rootSearchesPerRank " + rootSearchesPerRank
                    + ", gradientTolerance " + gradientTolerance);
        }
    }

    /** 24 starts, 24 partitions with at most 2 starts each, 128 subsets, 12 root searches, ‖∇f‖ ≤ 1e-11, seed 0. */
    public static AtlasOptions defaults() {
        return new AtlasOptions(24, 24, 2, 128, 12, 1e-11, Assessor.Options.defaults(), 0);
    }

    /** Returns a copy with other numbers of searches per rank: random starts, partitions and searches for roots. */
    public AtlasOptions withSearches(int starts, int partitions, int roots) {
        return new AtlasOptions(
                starts, partitions, startsPerPartition, subsetsPerRank, roots, gradientTolerance, assessor, seed);
    }

    public AtlasOptions withSeed(long newSeed) {
        return new AtlasOptions(
                startsPerRank,
                partitionsPerRank,
                startsPerPartition,
                subsetsPerRank,
                rootSearchesPerRank,
                gradientTolerance,
                assessor,
                newSeed);
    }
}
