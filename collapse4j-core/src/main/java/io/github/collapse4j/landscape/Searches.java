package io.github.collapse4j.landscape;

import io.github.collapse4j.linalg.SeededRandom;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.RandomStarts;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The searches of one exploration. Each depends only on the options and its own number, regardless of when it runs.
 */
final class Searches {
    /** Bounds of {@link #effort}. */
    private static final int MIN_EFFORT = 4;

    private static final int MAX_EFFORT = 8;

    private final UfmProblem problem;
    private final AtlasOptions options;

    Searches(UfmProblem problem, AtlasOptions options) {
        this.problem = problem;
        this.options = options;
    }

    /** A search: where it starts from is decided when it runs. */
    record Search(Discovery origin, UfmModel model, Supplier<UfmPoint> start) {}

    /** The largest possible rank of a critical point. */
    int maximalRank() {
        return Math.min(problem.featureDimension(), problem.maximalRank());
    }

    /** The origin with its best bias. */
    Search zero() {
        UfmModel line = model(1);
        return new Search(
                new Discovery.Zero(), line, () -> new BlockAnsatz(line, List.of()).minimum(generator(0, 0, 0), 0));
    }

    /** The closed-form family, for squared error. */
    List<Search> singularDirections(int rank) {
        List<Search> searches = new ArrayList<>();
        if (problem.loss() instanceof SquaredError) {
            UfmModel model = model(rank);
            SingularFamily family = new SingularFamily(problem);
            for (List<Integer> subset : family.subsets(rank, options.subsetsPerRank(), options.seed() + rank)) {
                searches.add(new Search(new Discovery.SingularDirections(subset), model, () -> family.point(subset)));
            }
        }
        return searches;
    }

    /** Descents from {@link AtlasOptions#startsPerRank()} random starts, numbered from {@code first}. */
    List<Search> descents(int rank, int first) {
        List<Search> searches = new ArrayList<>();
        UfmModel model = model(rank);
        MultiStart descents = new MultiStart(options.seed());
        for (int i = 0; i < options.startsPerRank(); i++) {
            int start = first + i;
            searches.add(new Search(
                    new Discovery.Descent(rank, start),
                    model,
                    () -> descents.minimum(model, start).point()));
        }
        return searches;
    }

    /** Maximum number of descents, in batches of {@link AtlasOptions#startsPerRank()}. */
    int maxDescents(int rank) {
        return options.startsPerRank() * effort(rank);
    }

    /**
     * How many batches of searches are worthwhile at a rank: more where they are cheaper, since the cost grows about
     * with the square of the number of unknowns.
     */
    private int effort(int rank) {
        double ratio = (double) model(maximalRank()).dimension() / model(rank).dimension();
        return (int) Math.max(MIN_EFFORT, Math.min(MAX_EFFORT, Math.round(ratio * ratio)));
    }

    /**
     * Minima among points with blocks of equal classes, starting with the fewest blocks that allow this rank; more than
     * one start per partition only if there are few partitions. None for squared error, whose closed-form family
     * contains them.
     */
    List<Search> blocks(int rank) {
        if (problem.loss() instanceof SquaredError) {
            return List.of();
        }
        int classes = problem.classes();
        int fewest = problem.maximalRank() < classes ? rank + 1 : rank;
        int most = effort(rank) > MIN_EFFORT ? 2 * options.partitionsPerRank() : options.partitionsPerRank();
        List<List<List<Integer>>> partitions = new ArrayList<>();
        for (int blocks = fewest; blocks < classes; blocks++) {
            partitions.addAll(BlockPartitions.of(
                    problem.counts(), blocks, most - partitions.size(), options.seed() + 31L * blocks + rank));
        }
        List<Search> searches = new ArrayList<>();
        UfmModel model = model(rank);
        for (int i = 0; i < options.startsPerPartition(); i++) {
            int start = i;
            for (List<List<Integer>> partition :
                    partitions.subList(0, Math.min(partitions.size(), most - searches.size()))) {
                long number = searches.size();
                searches.add(new Search(
                        new Discovery.Blocks(rank, partition, start),
                        model,
                        () -> new BlockAnsatz(model, partition)
                                .minimum(generator(1, rank, number), RandomStarts.scale(model))));
            }
        }
        return searches;
    }

    /** Newton's method on ∇f = 0 from random points; none if the closed-form family is complete. */
    List<Search> rootSearches(int rank) {
        List<Search> searches = new ArrayList<>();
        if (SingularFamily.isEverything(problem)) {
            return searches;
        }
        UfmModel model = model(rank);
        for (int i = 0; i < options.rootSearchesPerRank(); i++) {
            int start = i;
            searches.add(new Search(new Discovery.RootSearch(rank, start), model, () -> {
                RandomGenerator random = generator(2, rank, start);
                return model.randomPoint(random, random.nextDouble() * RandomStarts.scale(model));
            }));
        }
        return searches;
    }

    private UfmModel model(int rank) {
        return UfmModel.reduced(problem.withFeatureDimension(rank));
    }

    private RandomGenerator generator(int kind, int rank, long number) {
        long mixed = ((options.seed() * 31 + kind) * 1_009 + rank) * 1_000_003L + number;
        return SeededRandom.of(mixed);
    }
}
