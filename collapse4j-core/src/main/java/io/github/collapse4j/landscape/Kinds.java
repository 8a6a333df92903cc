package io.github.collapse4j.landscape;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The different critical points found so far, in the order in which they were found. Not thread-safe. */
final class Kinds {
    private final List<Kind> kinds = new ArrayList<>();

    /** A point that stands for every image of it under the model's symmetries. */
    static final class Kind {
        final UfmPoint point;
        final Origin origin;
        private final Fingerprint fingerprint;
        private final Map<Integer, Integer> descents = new HashMap<>();
        private int timesFound;

        private Kind(UfmPoint point, Origin origin, Fingerprint fingerprint) {
            this.point = point;
            this.origin = origin;
            this.fingerprint = fingerprint;
        }

        static Kind of(UfmModel model, UfmPoint point, Origin origin) {
            return new Kind(point, origin, Fingerprint.of(model, point));
        }

        int timesFound() {
            return timesFound;
        }

        private void countFind(Origin by) {
            timesFound++;
            if (by instanceof Origin.Descent descent) {
                descents.merge(descent.dimension(), 1, Integer::sum);
            }
        }
    }

    /** Counts a find: of a kind that is known, or of a new one. */
    void add(Kind found) {
        Kind known = found;
        for (Kind kind : kinds) {
            if (kind.fingerprint.matches(found.fingerprint)) {
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

    /** Where {@code starts} descents in feature dimension {@code dimension} have ended. */
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
