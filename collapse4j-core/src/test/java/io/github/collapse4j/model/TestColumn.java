package io.github.collapse4j.model;

import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One column of logits. The loss is called with the column in the middle of a longer array, so that a loss that forgets
 * an offset fails.
 *
 * @param logits one per entry
 * @param own the entry of the sample's class
 * @param multiplicity the number of classes that each entry represents
 */
record TestColumn(double[] logits, int own, double[] multiplicity) {
    private static final int OFFSET = 3;
    private static final int MULTIPLICITY_OFFSET = 2;

    static TestColumn of(int own, double... logits) {
        double[] ones = new double[logits.length];
        Arrays.fill(ones, 1);
        return new TestColumn(logits, own, ones);
    }

    /**
     * Ordinary and extreme columns: one and two classes, ties, confidently right and wrong samples, logits of ±1e4.
     */
    static Stream<TestColumn> samples() {
        List<TestColumn> columns = new ArrayList<>(List.of(
                of(0, 0),
                of(0, -1e4),
                of(0, 0.3, -0.2),
                of(1, 0, 0),
                of(0, 1e4, -1e4),
                of(1, 1e4, -1e4),
                of(2, 1e4, 1e4, 1e4),
                of(2, 1e4, 1e4, -1e4, 0),
                of(0, -1e4, -1e4, -1e4),
                of(1, 1, 1, 1, 0.999999999),
                of(0, 37, 0, 1, -3),
                of(3, 37, 0, 1, 36),
                of(0, 700.123, 0.5, -44.25),
                of(1, 700.123, 0.5, -44.25),
                of(0, 1e-9, -1e-9, 2e-9)));
        Seeded.range(100, 40)
                .map(seeded -> of(0, seeded.gaussian(1 + seeded.between(0, 7), seeded.logUniform(1e-3, 1e3))))
                .map(column -> of(column.logits().length / 2, column.logits()))
                .forEach(columns::add);
        return columns.stream();
    }

    /** Columns whose entries represent zero, one or many classes. */
    static Stream<TestColumn> withMultiplicities() {
        return Seeded.range(200, 30).map(seeded -> {
            int length = seeded.between(1, 5);
            double[] multiplicity = new double[length];
            for (int h = 0; h < length; h++) {
                multiplicity[h] = seeded.between(0, 4);
            }
            int own = seeded.between(0, length - 1);
            multiplicity[own] = 1;
            return new TestColumn(seeded.gaussian(length, seeded.logUniform(0.1, 30)), own, multiplicity);
        });
    }

    int length() {
        return logits.length;
    }

    double largest() {
        return Arrays.stream(logits).map(Math::abs).max().orElse(0);
    }

    double value(Loss loss) {
        return loss.value(embedded(), embed(logits));
    }

    /** The residual, after checking that nothing else was written and that the value is that of {@link #value}. */
    double[] residual(Loss loss) {
        double[] into = embed(new double[length()]);
        double[] before = into.clone();
        double value = loss.evaluate(embedded(), embed(logits), into);
        if (value != value(loss)) {
            throw new AssertionError("evaluate gives " + value + ", value " + value(loss) + " for " + this);
        }
        return extract(into, before);
    }

    double[] curvature(Loss loss, double[] direction) {
        double[] into = embed(new double[length()]);
        double[] before = into.clone();
        loss.curvature(embedded(), embed(residual(loss)), embed(direction), into);
        return extract(into, before);
    }

    double conjugate(Loss loss, double scale) {
        return loss.conjugate(embedded(), embed(residual(loss)), scale);
    }

    /** The column with one entry per class, repeated according to multiplicity. */
    TestColumn expanded() {
        int at = 0;
        int newOwn = -1;
        double[] repeated = new double[(int) Arrays.stream(multiplicity).sum()];
        for (int h = 0; h < length(); h++) {
            if (h == own) {
                newOwn = at;
            }
            for (int i = 0; i < multiplicity[h]; i++) {
                repeated[at++] = logits[h];
            }
        }
        return of(newOwn, repeated);
    }

    /** Entries per class, as {@link #expanded()} repeats them. */
    double[] expand(double[] entries) {
        return new TestColumn(entries, own, multiplicity).expanded().logits();
    }

    private static double[] embed(double[] column) {
        double[] array = new double[column.length + 2 * OFFSET];
        Arrays.fill(array, 1e3);
        System.arraycopy(column, 0, array, OFFSET, column.length);
        return array;
    }

    private Column embedded() {
        return new Column(OFFSET, length(), own, embeddedMultiplicity(), MULTIPLICITY_OFFSET);
    }

    private double[] embeddedMultiplicity() {
        double[] array = new double[length() + MULTIPLICITY_OFFSET];
        Arrays.fill(array, 5);
        System.arraycopy(multiplicity, 0, array, MULTIPLICITY_OFFSET, length());
        return array;
    }

    private double[] extract(double[] written, double[] before) {
        for (int i = 0; i < written.length; i++) {
            boolean inside = i >= OFFSET && i < OFFSET + length();
            if (!inside && written[i] != before[i]) {
                throw new AssertionError("position " + i + " lies outside the column and was written");
            }
        }
        return Arrays.copyOfRange(written, OFFSET, OFFSET + length());
    }

    @Override
    public String toString() {
        return "logits " + Arrays.toString(logits) + ", own " + own + ", multiplicities "
                + Arrays.toString(multiplicity);
    }
}
