package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmPoint;
import java.util.stream.IntStream;

/** A solution found by descents. */
record FoundUnits(
        NonnegativeProblem problem,
        UfmPoint point,
        double objective,
        LowerBound lowerBound,
        int neededWidth,
        double unrestrictedObjective,
        Method method)
        implements NonnegativeSolution {
    @Override
    public int[] survivingClasses() {
        return surviving(point);
    }

    /** The columns of a point's features that are not zero. */
    static int[] surviving(UfmPoint point) {
        return IntStream.range(0, point.features().columns())
                .filter(k -> Vectors.maxAbs(point.features().column(k)) > 0)
                .toArray();
    }
}
