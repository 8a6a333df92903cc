package io.github.collapse4j.solve;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The singular values of R̂ in descending order: those of the core and, for each group of several classes, its
 * separation with multiplicity m_g − 1.
 *
 * @param values the distinct entries
 * @param multiplicities the multiplicity of each
 */
public record SingularValues(double[] values, int[] multiplicities) {
    private record Entry(double value, int multiplicity) {}

    static SingularValues of(double[] core, double[] separation, int[] sizes) {
        List<Entry> entries = Stream.concat(
                        IntStream.range(0, core.length).mapToObj(j -> new Entry(core[j], 1)),
                        IntStream.range(0, sizes.length)
                                .filter(g -> sizes[g] > 1)
                                .mapToObj(g -> new Entry(separation[g], sizes[g] - 1)))
                .sorted(Comparator.comparingDouble(Entry::value).reversed())
                .toList();
        return new SingularValues(
                entries.stream().mapToDouble(Entry::value).toArray(),
                entries.stream().mapToInt(Entry::multiplicity).toArray());
    }

    /** The number of singular values with multiplicity, K. */
    int count() {
        return IntStream.of(multiplicities).sum();
    }

    double largest() {
        return values[0];
    }

    /** The sum of a function over all values except the {@code kept} largest. */
    double sumBeyond(int kept, DoubleUnaryOperator function) {
        double sum = 0;
        int remaining = kept;
        for (int j = 0; j < values.length; j++) {
            int skipped = Math.min(remaining, multiplicities[j]);
            remaining -= skipped;
            if (skipped < multiplicities[j]) {
                sum += (multiplicities[j] - skipped) * function.applyAsDouble(values[j]);
            }
        }
        return sum;
    }
}
