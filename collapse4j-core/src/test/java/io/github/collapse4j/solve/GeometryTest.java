package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Norms and angles from the groups against those of the dense factors. */
class GeometryTest {
    private static final double TOLERANCE = 1e-10;
    private static final long[] COUNTS = {20, 5, 20, 1, 5, 5};

    static Stream<UfmProblem> problems() {
        return Stream.of(new CrossEntropy(), new SquaredError())
                .flatMap(loss -> Stream.of(new Bias.None(), new Bias.Free(), new Bias.Regularised(0.1))
                        .map(bias -> problem(loss, bias, ClassCounts.of(COUNTS))));
    }

    private static UfmProblem problem(Loss loss, Bias bias, ClassCounts counts) {
        return new UfmProblem(loss, counts, counts.classes(), 0.01, 0.002, bias);
    }

    private static Solution solve(UfmProblem problem) {
        return new GlobalSolver(SolveOptions.defaults()).solve(problem);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void gramMatricesOfGroupsAreThoseOfTheFactors(UfmProblem problem) {
        Solution solution = solve(problem);
        UfmPoint point = solution.point();
        Geometry geometry = Geometry.of(solution.twin());
        Matrix ofRows = LinearAlgebra.gramOfRows(point.classifier());
        Matrix ofFeatures = LinearAlgebra.multiply(point.features(), Op.TRANSPOSE, point.features(), Op.NONE);
        int[] groupOf = solution.twin().groups().groupOf();
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < COUNTS.length; k++) {
            for (int j = 0; j < COUNTS.length; j++) {
                double row = j == k
                        ? geometry.classifier().squaredNorms()[groupOf[k]]
                        : geometry.classifier().products().get(groupOf[j], groupOf[k]);
                double feature = j == k
                        ? geometry.features().squaredNorms()[groupOf[k]]
                        : geometry.features().products().get(groupOf[j], groupOf[k]);
                Close.assertClose(ofRows.get(j, k), row, TOLERANCE, TOLERANCE, "rows " + j + " and " + k);
                Close.assertClose(ofFeatures.get(j, k), feature, TOLERANCE, TOLERANCE, "features " + j + " and " + k);
                if (j != k) {
                    double cosine = ofRows.get(j, k) / Math.sqrt(ofRows.get(j, j) * ofRows.get(k, k));
                    smallest = Math.min(smallest, cosine);
                    largest = Math.max(largest, cosine);
                }
            }
            double norm = Math.sqrt(ofFeatures.get(k, k) / COUNTS[k]);
            Close.assertClose(norm, geometry.featureNorm(groupOf[k]), TOLERANCE, TOLERANCE, "norm of feature " + k);
        }
        Close.assertClose(smallest, geometry.smallestCosine(), TOLERANCE, TOLERANCE, "smallest cosine");
        Close.assertClose(largest, geometry.largestCosine(), TOLERANCE, TOLERANCE, "largest cosine");
        double ratio = Math.sqrt(ofRows.get(0, 0) / ofRows.get(3, 3));
        Close.assertClose(ratio, geometry.normRatio(), TOLERANCE, "norm ratio");
        assertFalse(geometry.isSimplexEtf());
    }

    @Test
    void balancedCrossEntropyIsASimplexEtfAndSquaredErrorWithoutBiasAnOrthogonalFrame() {
        ClassCounts balanced = ClassCounts.balanced(7, 12);
        Geometry etf = Geometry.of(
                solve(problem(new CrossEntropy(), new Bias.Free(), balanced)).twin());
        assertTrue(etf.isSimplexEtf());
        assertFalse(etf.isOrthogonalFrame());
        Close.assertClose(-1.0 / 6, etf.smallestCosine(), 1e-12, "cosine");
        Close.assertClose(-1.0 / 6, etf.largestCosine(), 1e-12, "cosine");
        Close.assertClose(1, etf.normRatio(), 1e-12, "norms");
        Geometry frame = Geometry.of(
                solve(problem(new SquaredError(), new Bias.None(), balanced)).twin());
        assertTrue(frame.isOrthogonalFrame());
        assertFalse(frame.isSimplexEtf());
    }

    @Test
    void zeroHasNoGeometry() {
        UfmProblem heavy = new UfmProblem(new CrossEntropy(), ClassCounts.balanced(4, 3), 4, 1, 1, new Bias.None());
        Geometry geometry = Geometry.of(solve(heavy).twin());
        assertEquals(Double.NaN, geometry.smallestCosine());
        assertEquals(Double.NaN, geometry.largestCosine());
        assertFalse(geometry.isSimplexEtf());
        assertFalse(geometry.isOrthogonalFrame());
        assertEquals(0, geometry.featureNorm(0));
    }
}
