package io.github.collapse4j.cosine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pass over the samples sums, against the derivatives of the same point as a model of groups. */
class CosineLayerPassTest {
    private static final int[] COUNTS = {9, 5, 3, 3};
    private static final int D = 5;

    /** At the global minimum, where it is 1, and away from it. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.3})
    void theWeightedSigmaIsThatOfTheModel(double offset) {
        CosineProblem problem = CosineProblem.ofClasses(ClassCounts.of(9, 5, 3, 3), D, 4, 0.1);
        CosinePoint best =
                new CosineSolver(CosineSolver.Options.defaults()).solve(problem).point();
        Seeded seeded = Seeded.of(5);
        CosinePoint point = CosinePoint.of(
                moved(best.classifier().transpose(), offset, seeded), moved(best.features(), offset, seeded));
        CosineDerivatives at = new CosineDerivatives(problem, point);
        double found = pass(point).facts().weightedSigma().orElseThrow();
        Close.assertClose(CosineBound.weightedSigma(at), found, 1e-12, "weighted σ_max");
        if (offset == 0) {
            Close.assertClose(1, found, 1e-6, "at the global minimum");
        }
    }

    /** Features opposite to their class have negative multipliers. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void thereIsNoneWhereAMultiplierIsNotPositive(int seed) {
        Seeded seeded = Seeded.of(seed);
        Matrix weights = Matrix.wrap(4, D, seeded.gaussian(4 * D, 1));
        CosinePoint point = CosinePoint.of(weights, weights.transpose().scale(-1));
        assertTrue(pass(point).facts().weightedSigma().isEmpty());
    }

    private static Matrix moved(Matrix matrix, double offset, Seeded seeded) {
        Matrix moves =
                Matrix.wrap(matrix.rows(), matrix.columns(), seeded.gaussian(matrix.rows() * matrix.columns(), 1));
        return matrix.copy().add(offset / Math.sqrt(D), moves);
    }

    /** Every sample of a class has its feature. */
    private static CosineLayerPass pass(CosinePoint point) {
        Matrix features = Matrix.zeros(D, 20);
        int[] labels = new int[20];
        int next = 0;
        for (int k = 0; k < COUNTS.length; k++) {
            for (int i = 0; i < COUNTS[k]; i++) {
                System.arraycopy(point.features().data(), k * D, features.data(), next * D, D);
                labels[next++] = k;
            }
        }
        return CosineLayerPass.over(
                new FeatureSamples(features, labels, COUNTS.length),
                point.classifier().transpose(),
                4,
                0.1);
    }
}
