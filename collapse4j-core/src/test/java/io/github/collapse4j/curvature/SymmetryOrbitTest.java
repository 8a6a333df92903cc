package io.github.collapse4j.curvature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tangent space of the orbit against vectors that span it, one for each plane of feature space. */
class SymmetryOrbitTest {
    private static final int CLASSES = 4;

    private static UfmModel model(int d, Bias bias) {
        return UfmModel.reduced(new UfmProblem(new CrossEntropy(), ClassCounts.of(4, 2, 7, 3), d, 0.02, 0.01, bias));
    }

    /** A point whose W and Ĥ share {@code rank} feature axes in general position. */
    private static UfmPoint point(int d, int rank, Seeded seeded) {
        Matrix w = Matrix.zeros(CLASSES, d);
        Matrix h = Matrix.zeros(d, CLASSES);
        Matrix axes = LinearAlgebra.svd(Matrices.gaussian(d, d, seeded)).u();
        for (int i = 0; i < rank; i++) {
            Matrix axis = Matrix.wrap(d, 1, axes.column(i));
            w.add(1, LinearAlgebra.multiply(Matrices.gaussian(CLASSES, 1, seeded), axis.transpose()));
            h.add(1, LinearAlgebra.multiply(axis, Matrices.gaussian(1, CLASSES, seeded)));
        }
        return new UfmPoint(w, h, new double[CLASSES]);
    }

    /** Columns (WΩ, −ΩĤ, 0) for every elementary skew Ω; one zero column if there is none. */
    private static Matrix tangents(UfmPoint point) {
        int d = point.classifier().columns();
        int n = 2 * CLASSES * d + CLASSES;
        Matrix span = Matrix.zeros(n, Math.max(1, d * (d - 1) / 2));
        int column = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                Matrix skew = Matrix.zeros(d, d);
                skew.set(i, j, 1);
                skew.set(j, i, -1);
                Matrix ofW = LinearAlgebra.multiply(point.classifier(), skew);
                Matrix ofH = LinearAlgebra.multiply(skew, point.features()).scale(-1);
                System.arraycopy(ofW.data(), 0, span.data(), column * n, CLASSES * d);
                System.arraycopy(ofH.data(), 0, span.data(), column * n + CLASSES * d, CLASSES * d);
                column++;
            }
        }
        return span;
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,1", "2,1", "3,0", "3,2", "3,3", "5,2", "5,4", "6,3"})
    void dimensionIsTheRankOfTheTangents(int d, int rank) {
        Seeded seeded = Seeded.of(10L * d + rank);
        UfmPoint point = point(d, rank, seeded);
        int rotations = (int) Arrays.stream(LinearAlgebra.svd(tangents(point)).values())
                .filter(value -> value > 1e-9)
                .count();
        SymmetryOrbit held = SymmetryOrbit.through(model(d, new Bias.Regularised(0.1)), point);
        assertEquals(rank, held.rank());
        assertEquals(rotations, held.dimension());
        assertEquals(
                rotations + 1,
                SymmetryOrbit.through(model(d, new Bias.Free()), point).dimension());
    }

    @ParameterizedTest
    @CsvSource({"2,1", "3,2", "3,3", "5,2", "6,3"})
    void projectingOutKeepsTheOrthogonalComplement(int d, int rank) {
        Seeded seeded = Seeded.of(20L * d + rank);
        UfmPoint point = point(d, rank, seeded);
        SymmetryOrbit orbit = SymmetryOrbit.through(model(d, new Bias.Free()), point);
        Matrix tangents = tangents(point);
        double[] x = seeded.gaussian(tangents.rows(), 1);
        double[] left = x.clone();
        orbit.projectOut(left);
        for (int j = 0; j < tangents.columns(); j++) {
            double[] tangent = tangents.column(j);
            Close.assertClose(0, Vectors.dot(tangent, left), 0, 1e-12, "tangent " + j + ", " + seeded);
            orbit.projectOut(tangent);
            Close.assertClose(0, Vectors.maxAbs(tangent), 0, 1e-12, "a tangent vanishes, " + seeded);
        }
        double[] removed = x.clone();
        Vectors.add(-1, left, removed);
        Close.assertClose(0, Vectors.dot(removed, left), 0, 1e-12, "orthogonal projection, " + seeded);
        double[] again = left.clone();
        orbit.projectOut(again);
        Close.assertClose(left, again, 1e-12, 0, "once is enough, " + seeded);
    }

    @Test
    void theFullModelIsRejected() {
        UfmProblem problem = model(2, new Bias.Free()).problem();
        UfmModel full = UfmModel.full(problem);
        UfmPoint expanded = full.expand(point(2, 1, Seeded.of(1)));
        assertThrows(IllegalArgumentException.class, () -> SymmetryOrbit.through(full, expanded));
    }
}
