package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.fixtures.Threads;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataTermTest {
    private static final double TOLERANCE = 1e-13;

    static Stream<Loss> losses() {
        return Stream.of(new CrossEntropy(), new SquaredError());
    }

    /** Groups of 3, 1 and 2 classes, with classes in the order of their groups. */
    private static final int[] SIZES = {3, 1, 2};

    private static final int[] GROUP_OF = {0, 0, 0, 1, 2, 2};

    @ParameterizedTest
    @MethodSource("losses")
    void aColumnPerGroupEqualsAColumnPerClass(Loss loss) {
        Seeded seeded = Seeded.of(1);
        double[] weights = {0.5, 0.2, 0.3};
        double[] perClass = new double[6];
        int[] labels = new int[6];
        for (int k = 0; k < 6; k++) {
            labels[k] = k;
            perClass[k] = weights[GROUP_OF[k]] / SIZES[GROUP_OF[k]];
        }
        DataTerm groups = DataTerm.ofGroups(loss, SIZES, weights);
        DataTerm classes = DataTerm.ofClasses(loss, 6, labels, perClass);
        assertEquals(4, groups.rows());
        assertEquals(3, groups.columns());
        assertEquals(3, groups.own(1));
        assertEquals(4, classes.own(4));
        assertEquals(2, groups.multiplicity(0, 0), "classes of the own group other than the own");
        assertEquals(3, groups.multiplicity(0, 1));
        assertEquals(0, groups.multiplicity(1, 1));
        assertEquals(1, groups.multiplicity(3, 2));

        Matrix logits = Matrix.wrap(4, 3, seeded.gaussian(12, 2));
        Matrix direction = Matrix.wrap(4, 3, seeded.gaussian(12, 1));
        Matrix residual = Matrix.zeros(4, 3);
        Matrix image = Matrix.zeros(4, 3);
        Matrix classResidual = Matrix.zeros(6, 6);
        Matrix classImage = Matrix.zeros(6, 6);
        double value = groups.evaluate(logits, residual);
        groups.curvature(residual, direction, image);
        double classValue = classes.evaluate(expand(logits), classResidual);
        classes.curvature(classResidual, expand(direction), classImage);

        Close.assertClose(classValue, value, TOLERANCE, "value, " + seeded);
        assertEquals(value, groups.value(logits));
        Close.assertClose(classResidual.data(), expand(residual).data(), TOLERANCE, 0, "residual, " + seeded);
        Close.assertClose(classImage.data(), expand(image).data(), TOLERANCE, 0, "curvature, " + seeded);
        Close.assertClose(
                classes.conjugate(classResidual, 0.7), groups.conjugate(residual, 0.7), TOLERANCE, "conjugate");
    }

    /** Column k of the classes is that of its group, with the last row in place of its own class. */
    private static Matrix expand(Matrix grouped) {
        Matrix expanded = Matrix.zeros(6, 6);
        for (int k = 0; k < 6; k++) {
            for (int h = 0; h < 6; h++) {
                expanded.set(h, k, grouped.get(h == k ? 3 : GROUP_OF[h], GROUP_OF[k]));
            }
        }
        return expanded;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void sumsDoNotDependOnTheNumberOfThreads(Loss loss) throws Exception {
        int columns = 20_000;
        Seeded seeded = Seeded.of(2);
        int[] labels = new int[columns];
        double[] weights = new double[columns];
        for (int j = 0; j < columns; j++) {
            labels[j] = seeded.between(0, 4);
            weights[j] = seeded.random().nextDouble();
        }
        DataTerm data = DataTerm.ofClasses(loss, 5, labels, weights);
        Matrix logits = Matrix.wrap(5, columns, seeded.gaussian(5 * columns, 3));
        Matrix alone = Matrix.zeros(5, columns);
        Matrix together = Matrix.zeros(5, columns);
        double one = Threads.run(1, () -> data.evaluate(logits, alone));
        double four = Threads.run(4, () -> data.evaluate(logits, together));
        assertEquals(one, four);
        assertArrayEquals(alone.data(), together.data());
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            sum += weights[j] * TestColumn.of(labels[j], logits.column(j)).value(loss);
        }
        // 2e4 terms of one sign added sequentially.
        Close.assertClose(sum, one, columns * 0x1p-53, "sum over columns, " + seeded);
        assertEquals(
                Threads.run(1, () -> data.conjugate(alone, 0.5)), Threads.run(4, () -> data.conjugate(alone, 0.5)));
    }
}
