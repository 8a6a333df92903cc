package io.github.collapse4j.landscape;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct critical points found so far, in the order of discovery. Not thread-safe. */
final class Kinds {
    private final List<Kind> kinds = new ArrayList<>();

    /** A point that represents all its images under the model's symmetries. */
    static final class Kind {
        final UfmPoint point;
        final Discovery origin;
        private final SymmetryInvariants invariants;
        private final Map<Integer, Integer> descents = new HashMap<>();
        private int timesFound;

        private Kind(UfmPoint point, Discovery origin, SymmetryInvariants invariants) {
            this.point = point;
            this.origin = origin;
            this.invariants = invariants;
        }

        static Kind of(UfmModel model, UfmPoint point, Discovery origin) {
            return new Kind(point, origin, SymmetryInvariants.of(model, point));
        }

        int timesFound() {
            return timesFound;
        }

        private void countFind(Discovery by) {
            timesFound++;
            if (by instanceof Discovery.Descent descent) {
                descents.merge(descent.dimension(), 1, Integer::sum);
            }
        }
    }

    /** Records a find, of a known or a new kind. */
    void add(Kind found) {
        Kind known = found;
        for (Kind kind : kinds) {
            if (kind.invariants.matches(found.invariants)) {
                known = kind;
                break;
            }
        }
        if (known == found) {
            kinds.add(found);
        }
        known.countFind(found.origin);
    }

    List<Kind> all() {
        return List.copyOf(kinds);
    }

    /** The tally of {@code starts} descents in feature dimension {@code dimension}. */
    DescentTally tally(int dimension, int starts) {
        int points = 0;
        int once = 0;
        for (Kind kind : kinds) {
            int times = kind.descents.getOrDefault(dimension, 0);
            points += times > 0 ? 1 : 0;
            once += times == 1 ? 1 : 0;
        }
        return new DescentTally(dimension, starts, points, once);
    }
}
