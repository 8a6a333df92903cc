package io.github.collapse4j.atlas;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.landscape.MultiStart;
import io.github.collapse4j.landscape.RandomStarts;
import io.github.collapse4j.landscape.Spectrum;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Looks for critical points of every rank from 0 to min(d, maximal rank). Every critical point of rank r is one of the
 * model with feature dimension r, padded with zeros (docs/theory.md §7), so each search works there: descents, minima among
 * points with blocks of equal classes, roots of the gradient, and for squared error the closed-form family. What is found
 * is polished, padded, and kept once of each kind. A seed gives the same atlas on any number of threads.
 *
 * <p>Nothing promises that every critical point is found.
 */
public final class SaddleAtlas {
    private static final int POLISH_ITERATIONS = 60;

    private final AtlasOptions options;
    private final AtlasListener listener;
    private final CriticalPolish polish;

    public SaddleAtlas(AtlasOptions options) {
        this(options, AtlasListener.SILENT);
    }

    public SaddleAtlas(AtlasOptions options, AtlasListener listener) {
        this.options = options;
        this.listener = listener;
        this.polish = new CriticalPolish(options.gradientTolerance(), POLISH_ITERATIONS);
    }

    /** A search: where it starts from is decided when it runs. */
    private record Search(Origin origin, UfmModel model, java.util.function.Supplier<UfmPoint> start) {}

    /** The critical points of a problem; searches run in parallel in the common or the caller's fork-join pool. */
    public Atlas explore(UfmProblem problem) {
        List<Search> searches = searches(problem);
        UfmModel model = UfmModel.reduced(problem);
        AtomicInteger done = new AtomicInteger();
        List<Optional<Kind>> found = searches.parallelStream()
                .map(search -> {
                    Optional<Kind> kind = polish.polish(
                                    search.model(), search.start().get())
                            .map(point -> Kind.of(model, point.padTo(problem.featureDimension()), search.origin()));
                    listener.onSearch(done.incrementAndGet(), searches.size());
                    return kind;
                })
                .toList();
        List<Kind> kinds = new ArrayList<>();
        found.forEach(candidate -> candidate.ifPresent(kind -> addTo(kinds, kind)));
        Assessor assessor = new Assessor(options.assessor());
        List<CriticalPoint> points = kinds.parallelStream()
                .map(kind -> new CriticalPoint(
                        kind.point,
                        assessor.assess(model, kind.point),
                        Spectrum.at(model, kind.point),
                        kind.origin,
                        kind.timesFound))
                .sorted(Comparator.comparingInt(CriticalPoint::rank).thenComparingDouble(CriticalPoint::objective))
                .toList();
        int unpolished = (int) found.stream().filter(Optional::isEmpty).count();
        return new Atlas(problem, options, points, searches.size(), unpolished);
    }

    /** A point that stands for every image of it found. */
    private static final class Kind {
        final UfmPoint point;
        final Origin origin;
        final Fingerprint fingerprint;
        int timesFound = 1;

        private Kind(UfmPoint point, Origin origin, Fingerprint fingerprint) {
            this.point = point;
            this.origin = origin;
            this.fingerprint = fingerprint;
        }

        static Kind of(UfmModel model, UfmPoint point, Origin origin) {
            return new Kind(point, origin, Fingerprint.of(model, point));
        }
    }

    private static void addTo(List<Kind> kinds, Kind candidate) {
        for (Kind kind : kinds) {
            if (kind.fingerprint.matches(candidate.fingerprint)) {
                kind.timesFound++;
                return;
            }
        }
        kinds.add(candidate);
    }

    private List<Search> searches(UfmProblem problem) {
        List<Search> searches = new ArrayList<>();
        UfmModel line = UfmModel.reduced(problem.withFeatureDimension(1));
        searches.add(new Search(
                new Origin.Zero(), line, () -> new BlockAnsatz(line, List.of()).minimum(generator(0, 0, 0), 0)));
        for (int rank = 1; rank <= Math.min(problem.featureDimension(), problem.maximalRank()); rank++) {
            UfmModel model = UfmModel.reduced(problem.withFeatureDimension(rank));
            addSingularDirections(problem, model, searches);
            addDescents(model, searches);
            addBlocks(problem, model, searches);
            if (!SingularFamily.isEverything(problem)) {
                addRootSearches(model, searches);
            }
        }
        return searches;
    }

    private void addSingularDirections(UfmProblem problem, UfmModel model, List<Search> searches) {
        int rank = model.problem().featureDimension();
        if (problem.loss() instanceof SquaredError) {
            SingularFamily family = new SingularFamily(problem);
            for (List<Integer> subset : family.subsets(rank, options.subsetsPerRank(), options.seed() + rank)) {
                searches.add(new Search(new Origin.SingularDirections(subset), model, () -> family.point(subset)));
            }
        }
    }

    private void addDescents(UfmModel model, List<Search> searches) {
        MultiStart descents = new MultiStart(options.seed());
        for (int i = 0; i < options.startsPerRank(); i++) {
            int start = i;
            searches.add(new Search(
                    new Origin.Descent(model.problem().featureDimension(), start),
                    model,
                    () -> descents.minimum(model, start).point()));
        }
    }

    /** Blocks of equal classes, the fewest that allow this rank first. */
    private void addBlocks(UfmProblem problem, UfmModel model, List<Search> searches) {
        int rank = model.problem().featureDimension();
        int classes = problem.classes();
        int fewest = problem.maximalRank() < classes ? rank + 1 : rank;
        int left = options.partitionsPerRank();
        for (int blocks = fewest; blocks < classes && left > 0; blocks++) {
            List<List<List<Integer>>> partitions =
                    BlockPartitions.of(problem.counts(), blocks, left, options.seed() + 31L * blocks + rank);
            left -= partitions.size();
            for (List<List<Integer>> partition : partitions) {
                for (int i = 0; i < options.startsPerPartition(); i++) {
                    int start = i;
                    long number = 1000L * searches.size();
                    searches.add(new Search(
                            new Origin.Blocks(rank, partition, start),
                            model,
                            () -> new BlockAnsatz(model, partition)
                                    .minimum(generator(1, rank, number + start), RandomStarts.scale(model))));
                }
            }
        }
    }

    private void addRootSearches(UfmModel model, List<Search> searches) {
        int rank = model.problem().featureDimension();
        for (int i = 0; i < options.rootSearchesPerRank(); i++) {
            int start = i;
            searches.add(new Search(new Origin.RootSearch(rank, start), model, () -> {
                RandomGenerator random = generator(2, rank, start);
                return model.randomPoint(random, random.nextDouble() * RandomStarts.scale(model));
            }));
        }
    }

    private RandomGenerator generator(int kind, int rank, long number) {
        long mixed = ((options.seed() * 31 + kind) * 1_009 + rank) * 1_000_003L + number;
        return RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(mixed);
    }
}
