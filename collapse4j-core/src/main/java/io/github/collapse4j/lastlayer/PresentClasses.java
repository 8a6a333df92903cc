package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A layer of the classes that have samples. A class without samples is not part of the model: with a free bias, its
 * output would be pushed down forever.
 *
 * @param layer the layer, with classes numbered from 0
 * @param absent the original numbers of the classes that were left out, ascending
 */
public record PresentClasses(LastLayer layer, List<Integer> absent) {
    public PresentClasses {
        absent = List.copyOf(absent);
    }

    /** A layer with samples of every class. */
    public static PresentClasses all(LastLayer layer) {
        return new PresentClasses(layer, List.of());
    }

    /**
     * A layer without the outputs of all other classes, which must have no sample.
     *
     * @param present the classes that have samples, ascending
     * @throws TooFewClassesException if fewer than two classes have samples
     */
    public static PresentClasses of(LastLayer layer, int[] present) {
        if (present.length < 2) {
            throw new TooFewClassesException(present.length);
        }
        int d = layer.classifier().columns();
        int[] numbers = new int[layer.classes()];
        Arrays.fill(numbers, -1);
        Matrix weights = Matrix.zeros(present.length, d);
        double[] bias = new double[present.length];
        for (int k = 0; k < present.length; k++) {
            numbers[present[k]] = k;
            bias[k] = layer.bias()[present[k]];
            for (int a = 0; a < d; a++) {
                weights.set(k, a, layer.classifier().get(present[k], a));
            }
        }
        List<Integer> absent = IntStream.range(0, numbers.length)
                .filter(label -> numbers[label] < 0)
                .boxed()
                .toList();
        ClassNumbers map = new ClassNumbers(d, present.length, numbers);
        return new PresentClasses(new LastLayer(layer.samples().mapped(map), weights, bias, layer.hasBias()), absent);
    }
}
