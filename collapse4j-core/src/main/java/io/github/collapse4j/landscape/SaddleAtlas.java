package io.github.collapse4j.landscape;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.landscape.Kinds.Kind;
import io.github.collapse4j.landscape.Searches.Search;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Searches for critical points of every rank from 0 to min(d, maximal rank). Every critical point of rank r is one of
 * the model with feature dimension r, padded with zeros (docs/theory.md §7), so each search works there: descents,
 * minima among points with blocks of equal classes, roots of the gradient, and for squared error the closed-form
 * family. Each find is polished and padded, and one of each kind is kept. Descents at a rank continue while many of
 * them end at new points. For a given seed the atlas is the same on any number of threads.
 *
 * <p>This is a search, not an enumeration: it may miss critical points.
 */
final class SaddleAtlas {
    private static final int POLISH_ITERATIONS = 60;
    /** {@link DescentTally#unseenShare()} at which a rank needs no more descents. */
    private static final double FEW_UNSEEN = 0.02;

    private final AtlasOptions options;
    private final AtlasListener listener;
    private final CriticalPolish polish;

    SaddleAtlas(AtlasOptions options) {
        this(options, AtlasListener.SILENT);
    }

    SaddleAtlas(AtlasOptions options, AtlasListener listener) {
        this.options = options;
        this.listener = listener;
        this.polish = new CriticalPolish(options.gradientTolerance(), POLISH_ITERATIONS);
    }

    /** Explores a problem; searches run in parallel in the common or the caller's fork-join pool. */
    Atlas explore(UfmProblem problem) {
        UfmModel model = UfmModel.reduced(problem);
        Exploration exploration = new Exploration(model);
        List<DescentTally> descents = exploration.run(new Searches(problem, options));
        Assessor assessor = new Assessor(options.assessor());
        List<CriticalPoint> points = exploration.kinds.all().parallelStream()
                .map(kind -> new CriticalPoint(
                        kind.point,
                        assessor.assess(model, kind.point),
                        Spectrum.at(model, kind.point),
                        kind.origin,
                        kind.timesFound()))
                .sorted(Comparator.comparingInt(CriticalPoint::rank).thenComparingDouble(CriticalPoint::objective))
                .toList();
        return new Atlas(
                problem, options, points, exploration.planned, exploration.planned - exploration.finds, descents);
    }

    /** Runs searches in rounds and collects their results. */
    private final class Exploration {
        private final UfmModel model;
        private final Kinds kinds = new Kinds();
        private final AtomicInteger done = new AtomicInteger();
        private int planned;
        private int finds;

        Exploration(UfmModel model) {
            this.model = model;
        }

        /**
         * Runs every search once, then more descents where they still find new points; returns the tally of all
         * descents.
         */
        List<DescentTally> run(Searches searches) {
            List<Search> round = new ArrayList<>(List.of(searches.zero()));
            int[] starts = new int[searches.maximalRank()];
            for (int rank = 1; rank <= starts.length; rank++) {
                round.addAll(searches.singularDirections(rank));
                round.addAll(searches.descents(rank, 0));
                round.addAll(searches.blocks(rank));
                round.addAll(searches.rootSearches(rank));
                starts[rank - 1] = options.startsPerRank();
            }
            List<DescentTally> tallies = new ArrayList<>();
            while (!round.isEmpty()) {
                run(round);
                round.clear();
                tallies.clear();
                for (int rank = 1; rank <= starts.length; rank++) {
                    DescentTally tally = kinds.tally(rank, starts[rank - 1]);
                    tallies.add(tally);
                    if (tally.unseenShare() > FEW_UNSEEN && tally.starts() < searches.maxDescents(rank)) {
                        round.addAll(searches.descents(rank, tally.starts()));
                        starts[rank - 1] += options.startsPerRank();
                    }
                }
            }
            return tallies;
        }

        private void run(List<Search> searches) {
            planned += searches.size();
            List<Optional<Kind>> found =
                    searches.parallelStream().map(this::found).toList();
            for (Optional<Kind> kind : found) {
                kind.ifPresent(kinds::add);
                finds += kind.isPresent() ? 1 : 0;
            }
        }

        private Optional<Kind> found(Search search) {
            Optional<Kind> kind = polish.polish(search.model(), search.start().get())
                    .map(point -> Kind.of(model, point.padTo(model.problem().featureDimension()), search.origin()));
            listener.onSearch(done.incrementAndGet(), planned);
            return kind;
        }
    }
}
