package io.github.collapse4j.prover;

import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Searches for a spurious local minimum by descents from random starts and from simplices of groups of classes. Ends
 * above the lowest one are candidates, tried in order of increasing value.
 */
public final class MinimumSearch {
    /** Values whose relative difference is smaller than this count as equal. */
    private static final double SAME_VALUE = 1e-9;

    private final UfmModel reduced;
    private final MinimumProver prover;
    private final List<Point> points = new ArrayList<>();

    /** The end of a descent. */
    private record Point(UfmPoint point, double objective) {}

    /** The result of a search. */
    public sealed interface Result {
        /** A description in words. */
        String description();

        /** A proof that the checker accepts, and the checker's result. */
        record Found(Proof proof, Verification.Proved verification) implements Result {
            @Override
            public String description() {
                return "a spurious local minimum";
            }
        }

        /** Candidates above the lowest point, none proved to be a minimum; with the reason for the first. */
        record Unproved(int candidates, String reason) implements Result {
            @Override
            public String description() {
                return candidates + " values above the lowest, none proved to be that of a minimum; the first: "
                        + reason;
            }
        }

        /** All descents ended at the same value. */
        record NoneFound(int descents) implements Result {
            @Override
            public String description() {
                return descents + " descents ended at the same value";
            }
        }
    }

    /** A search in an ungrouped model and a feature dimension. */
    public MinimumSearch(ExactModel model, int d) {
        this.reduced = UfmModel.reduced(Translation.problem(model, d));
        this.prover = new MinimumProver(model, d);
    }

    /** Searches from {@code starts} random starts and from simplices. */
    public Result search(long seed, int starts) {
        collect(seed, starts);
        List<Point> distinct = new ArrayList<>();
        for (Point point : points) {
            if (distinct.isEmpty() || isAbove(point, distinct.get(distinct.size() - 1))) {
                distinct.add(point);
            }
        }
        if (distinct.size() == 1) {
            return new Result.NoneFound(points.size());
        }
        return tryEach(distinct.subList(1, distinct.size()), distinct.get(0));
    }

    /** Proves a spurious minimum at the end of a descent from a given point; the lower point is found by a search. */
    public Result prove(UfmPoint start, long seed, int starts) {
        collect(seed, starts);
        MultiStart.Minimum end = new MultiStart(seed).minimumFrom(reduced, start);
        return tryEach(List.of(new Point(end.point(), end.objective())), points.get(0));
    }

    private void collect(long seed, int starts) {
        MultiStart descents = new MultiStart(seed);
        Stream.concat(
                        descents.minima(reduced, starts).stream(),
                        GroupSimplices.starts(reduced).stream().map(start -> descents.minimumFrom(reduced, start)))
                .filter(minimum -> Double.isFinite(minimum.objective()))
                .map(minimum -> new Point(minimum.point(), minimum.objective()))
                .sorted(Comparator.comparingDouble(Point::objective))
                .forEach(points::add);
    }

    private static boolean isAbove(Point point, Point lower) {
        return point.objective() > lower.objective() * (1 + SAME_VALUE);
    }

    private Result tryEach(List<Point> candidates, Point lowest) {
        String reason = "";
        for (Point candidate : candidates) {
            Proof proof = prover.proof(candidate.point(), lowest.point());
            Verification verification = proof.verify();
            if (verification instanceof Verification.Proved proved) {
                return new Result.Found(proof, proved);
            }
            if (reason.isEmpty() && verification instanceof Verification.NotProved failed) {
                reason = failed.reason();
            }
        }
        return new Result.Unproved(candidates.size(), reason);
    }
}
