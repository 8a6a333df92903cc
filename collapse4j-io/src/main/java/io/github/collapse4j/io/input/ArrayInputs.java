package io.github.collapse4j.io.input;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Ready inputs in an array, the samples along its first dimension. */
final class ArrayInputs implements ModelInputs {
    private final NumericMatrix rows;
    private final ModelInput input;
    private final SampleShape shape;
    private final Normalisation normalisation;
    private final Optional<int[]> labels;
    private final String identity;

    private ArrayInputs(
            NumericMatrix rows,
            ModelInput input,
            SampleShape shape,
            Normalisation normalisation,
            Optional<int[]> labels,
            String identity) {
        this.rows = rows;
        this.input = input;
        this.shape = shape;
        this.normalisation = normalisation;
        this.labels = labels;
        this.identity = identity;
    }

    /**
     * Prepares an array for a model; closing the inputs closes the array.
     *
     * @param labels those found beside it, if any
     * @param identity of the file
     * @throws InputException if its samples do not have the shape that the model takes
     */
    static ArrayInputs of(
            NumericArray array, ModelInput input, InputRequest request, Optional<int[]> labels, String identity)
            throws IOException {
        NumericMatrix rows = rows(array);
        if (rows.rows() == 0 || rows.columns() == 0) {
            throw new InputException(
                    array.name() + ": expected samples, found " + array.header().shapeText());
        }
        int[] found = array.header().shape().stream()
                .skip(1)
                .mapToInt(length -> (int) Math.min(Integer.MAX_VALUE, length))
                .toArray();
        SampleShape shape = SampleShape.fit(array.name(), found, input);
        Normalisation normalisation = request.normalisation();
        if (!normalisation.fits(shape.channels())) {
            throw new InputException("--mean, --std: expected a number, or one for each of the " + shape.channels()
                    + " channels of " + input.text() + ", found " + normalisation.text());
        }
        return new ArrayInputs(rows, input, shape, normalisation, labels, identity);
    }

    /** A row for each sample. */
    private static NumericMatrix rows(NumericArray array) throws IOException {
        List<Long> shape = array.header().shape();
        if (shape.size() <= 2) {
            return array.matrix();
        }
        if (array.header().fortranOrder()) {
            throw new InputException(
                    array.name() + ": expected row-major order (save np.ascontiguousarray(x)), found column-major");
        }
        long each = shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
        return array.reshaped(List.of(shape.get(0), each)).matrix();
    }

    @Override
    public long count() {
        return rows.rows();
    }

    @Override
    public int[] sample() {
        return shape.lengths();
    }

    @Override
    public void write(long index, ByteBuffer target) throws IOException {
        int size = Math.toIntExact(rows.columns());
        double[] row = new double[size];
        rows.readRows(index, 1, row);
        ElementType type = input.type();
        boolean isPlain = normalisation.equals(Normalisation.NONE);
        if (isPlain && shape.isInOrder() && !type.isIntegral()) {
            type.putAll(row, target);
            return;
        }
        for (int i = 0; i < size; i++) {
            double value = row[shape.source(i)];
            if (!isPlain) {
                value = normalisation.apply(value, shape.channel(i));
            }
            if (!type.holds(value)) {
                throw new InputException(name(index) + ", value " + shape.source(i) + ": expected " + type.title()
                        + " as " + input.text() + " takes, found " + value);
            }
            type.put(value, target);
        }
    }

    @Override
    public String name(long index) {
        return rows.array().name() + ": sample " + index;
    }

    @Override
    public Optional<int[]> labels() {
        return labels;
    }

    @Override
    public Normalisation normalisation() {
        return normalisation;
    }

    @Override
    public Optional<ModelInputs> normalised(Normalisation other) {
        return Optional.empty();
    }

    @Override
    public String description() {
        return "samples of " + rows.array().name();
    }

    @Override
    public String identity() {
        return identity + " " + rows.array().header().shapeText() + " " + normalisation.text();
    }

    @Override
    public void close() {
        rows.close();
    }
}
