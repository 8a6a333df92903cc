package io.github.collapse4j.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.curvature.SymmetryOrbit;
import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dimension of the orbit (docs/theory.md §5) against dense Hessians at random saddles of squared error. */
class ClassRotationsTest {
    private static final List<long[]> COUNTS =
            List.of(new long[] {5, 5, 5, 5, 5}, new long[] {9, 9, 9, 4, 4, 2}, new long[] {7, 3, 7, 3, 7}, new long[] {
                12, 6, 6, 6, 6, 1
            });

    static List<Bias> biases() {
        return List.of(new Bias.None(), new Bias.Free(), new Bias.Regularised(0.02), new Bias.Regularised(0.7));
    }

    @ParameterizedTest
    @MethodSource("biases")
    void nullityIsTheDimensionOfTheOrbit(Bias bias) {
        int saddles = 0;
        int moved = 0;
        for (int number = 0; number < 80; number++) {
            Seeded seeded = Seeded.of(1_000 + number);
            long[] counts = COUNTS.get(number % COUNTS.size());
            int d = seeded.between(1, counts.length);
            UfmProblem problem = new UfmProblem(new SquaredError(), ClassCounts.of(counts), d, 0.004, 0.001, bias);
            Optional<UfmPoint> found = saddle(problem, seeded);
            if (found.isEmpty()) {
                continue;
            }
            UfmModel model = UfmModel.reduced(problem);
            UfmPoint point = found.get();
            int dimension = SymmetryOrbit.through(model, point).dimension();
            int rotations = classRotations(problem, point);
            int rank = rank(point.classifier());
            int unused = d - rank;
            assertEquals(d * (d - 1) / 2 - unused * (unused - 1) / 2 + rotations, dimension, problem + ", " + seeded);
            assertEquals(dimension, Spectrum.complete(model, point).nullity(), problem + ", " + seeded);
            saddles++;
            moved += rotations > 0 ? 1 : 0;
        }
        assertTrue(saddles >= 60, "saddles " + saddles);
        assertTrue(moved >= 20, "of them moved by rotations of classes " + moved);
    }

    /** A critical point that uses some of the singular directions, rotated in feature space. */
    private static Optional<UfmPoint> saddle(UfmProblem problem, Seeded seeded) {
        int d = problem.featureDimension();
        int rank = seeded.between(1, Math.min(d, problem.maximalRank()));
        List<List<Integer>> subsets = new SingularFamily(problem).subsets(rank, 200, 1);
        if (subsets.isEmpty()) {
            return Optional.empty();
        }
        UfmPoint guess = new SingularFamily(problem).point(subsets.get(seeded.between(0, subsets.size() - 1)));
        UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(rank));
        return new CriticalPolish(1e-12, 60).polish(narrow, guess).map(point -> {
            UfmPoint padded = point.padTo(d);
            Matrix turn = LinearAlgebra.svd(Matrices.gaussian(d, d, seeded)).u();
            return new UfmPoint(
                    LinearAlgebra.multiply(padded.classifier(), turn),
                    LinearAlgebra.multiply(turn, Op.TRANSPOSE, padded.features(), Op.NONE),
                    padded.bias());
        });
    }

    /** Σ k(p − k) over the groups of equal counts, where k is the rank of W on their E_g. */
    private static int classRotations(UfmProblem problem, UfmPoint point) {
        long[] counts = problem.counts().toArray();
        Set<Long> levels = new TreeSet<>();
        for (long count : counts) {
            levels.add(count);
        }
        int sum = 0;
        for (long level : levels) {
            List<Integer> members = new ArrayList<>();
            for (int k = 0; k < counts.length; k++) {
                if (counts[k] == level) {
                    members.add(k);
                }
            }
            int d = point.classifier().columns();
            boolean centred = problem.bias().isPresent();
            Matrix part = Matrix.zeros(members.size(), d);
            for (int a = 0; a < d; a++) {
                double mean = 0;
                for (int k : members) {
                    mean += point.classifier().get(k, a) / members.size();
                }
                for (int i = 0; i < members.size(); i++) {
                    part.set(i, a, point.classifier().get(members.get(i), a) - (centred ? mean : 0));
                }
            }
            int p = members.size() - (centred ? 1 : 0);
            int used = rank(part);
            sum += used * (p - used);
        }
        return sum;
    }

    private static int rank(Matrix matrix) {
        double[] values = LinearAlgebra.svd(matrix).values();
        int rank = 0;
        while (rank < values.length && values[rank] > 1e-8) {
            rank++;
        }
        return rank;
    }
}
