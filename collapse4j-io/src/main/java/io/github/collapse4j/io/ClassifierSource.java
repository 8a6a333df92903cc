package io.github.collapse4j.io;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.head.HeadArchive;
import io.github.collapse4j.io.head.LinearHead;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The weights and the bias of a linear classifier: two arrays, or the last linear map of a model. Shapes are read
 * first, so that samples can be opened for as many classes.
 */
public abstract sealed class ClassifierSource {
    private final String location;

    private ClassifierSource(String location) {
        this.location = location;
    }

    /**
     * Opens the weights.
     *
     * @param weights location of an array {@code K×d}, or of a model ({@code FILE} or {@code FILE:NAME})
     * @param bias location of the bias, or {@link LayerFiles#NO_BIAS}; null for that of the model, if it is one
     * @throws InputException if there is no such file, or the model's last linear map is ambiguous
     * @throws io.github.collapse4j.io.array.FormatException if a file is defective, or has no such array
     */
    public static ClassifierSource open(String weights, @Nullable String bias, ArrayFile.Finder files)
            throws IOException {
        Optional<LinearHead> head = areBothNamed(weights, bias) ? Optional.empty() : head(weights, files);
        if (head.isEmpty()) {
            return new Arrays(weights, ArrayFile.open(weights, ArrayFile.Role.ANY, files), array(bias, files));
        }
        if (bias != null && head.get().folded()) {
            throw twoBiases(weights, head.get().description(), bias);
        }
        return new Model(weights, head.get(), bias != null, array(bias, files));
    }

    /** Whether both are named arrays, which are then taken as they are, whatever follows the layer. */
    static boolean areBothNamed(String weights, @Nullable String bias) {
        return bias != null
                && !bias.equals(LayerFiles.NO_BIAS)
                && !ArrayLocation.parse(weights).array().isEmpty();
    }

    static InputException twoBiases(String weights, String layer, String bias) {
        return new InputException(
                weights + ": expected no --bias, since there is one in " + layer + ", found --bias " + bias);
    }

    private static Optional<NumericArray> array(@Nullable String bias, ArrayFile.Finder files) throws IOException {
        return bias == null || bias.equals(LayerFiles.NO_BIAS)
                ? Optional.empty()
                : Optional.of(ArrayFile.open(bias, ArrayFile.Role.ANY, files));
    }

    /** The last linear map of a model, if the location is that of a model. */
    static Optional<LinearHead> head(String location, ArrayFile.Finder files) throws IOException {
        ArrayLocation split = ArrayLocation.parse(location);
        Optional<ArchiveFormat> format = ArchiveFormat.of(split.file()).filter(ArchiveFormat::isModel);
        if (format.isEmpty()) {
            return Optional.empty();
        }
        try (ArrayArchive archive = format.get().open(files.path(split.file()), split.file())) {
            return archive instanceof HeadArchive model
                    ? model.head(split.array())
                    : new StateDictHead(archive, split.file(), format.get() == ArchiveFormat.TORCH).find(split.array());
        } catch (NoSuchFileException e) {
            throw new InputException(location + ": no such file");
        }
    }

    /** {@return K} */
    public abstract int classes();

    /**
     * Reads the weights for features of dimension d.
     *
     * @param features name of the features in messages
     * @return W, {@code K×d}
     * @throws InputException if the shape is wrong, or an entry is not finite
     */
    public abstract Matrix weights(int featureDimension, String features) throws IOException;

    /**
     * Reads the bias.
     *
     * @return b, K entries, if there is one
     * @throws InputException if there are not K entries, or one is not finite
     */
    public abstract Optional<double[]> bias() throws IOException;

    /** {@return what was taken from a model, such as {@code fc.weight (10×64), fc.bias}; empty for arrays named by the user} */
    public Optional<String> taken() {
        return Optional.empty();
    }

    /** {@return one line for reports that says what was taken from a model} */
    public Optional<String> description() {
        return taken().map(arrays -> "weights: " + arrays + " of " + location);
    }

    /** Arrays that the user named. */
    private static final class Arrays extends ClassifierSource {
        private final NumericMatrix matrix;
        private final Optional<NumericArray> offset;

        private Arrays(String location, NumericArray weights, Optional<NumericArray> offset) throws IOException {
            super(location);
            this.matrix = weights.matrix();
            this.offset = offset;
            ClassifierFiles.requireEntries(matrix);
        }

        @Override
        public int classes() {
            return (int) Math.min(Matrix.MAX_ENTRIES, matrix.rows());
        }

        @Override
        public Matrix weights(int featureDimension, String features) throws IOException {
            return ClassifierFiles.weights(matrix.array(), featureDimension, features);
        }

        @Override
        public Optional<double[]> bias() throws IOException {
            return offset.isEmpty() ? Optional.empty() : Optional.of(ClassifierFiles.bias(offset.get(), classes()));
        }
    }

    /** The last linear map of a model. */
    private static final class Model extends ClassifierSource {
        private final String name;
        private final LinearHead head;
        private final boolean isBiasGiven;
        private final Optional<NumericArray> offset;

        private Model(String location, LinearHead head, boolean isBiasGiven, Optional<NumericArray> offset)
                throws InputException {
            super(location);
            this.name = location;
            this.head = head;
            this.isBiasGiven = isBiasGiven;
            this.offset = offset;
            requireFinite(head.weights().data());
            requireFinite(head.bias().orElse(new double[0]));
        }

        private void requireFinite(double[] entries) throws InputException {
            for (double entry : entries) {
                if (!Double.isFinite(entry)) {
                    throw new InputException(
                            name + ": " + head.description() + ": expected finite numbers, found " + entry);
                }
            }
        }

        @Override
        public int classes() {
            return head.weights().rows();
        }

        @Override
        public Matrix weights(int featureDimension, String features) throws InputException {
            if (head.weights().columns() != featureDimension) {
                throw new InputException(name + ": expected K×d with d = " + featureDimension + " as in " + features
                        + ", found " + head.description());
            }
            return head.weights();
        }

        @Override
        public Optional<double[]> bias() throws IOException {
            if (offset.isPresent()) {
                return Optional.of(ClassifierFiles.bias(offset.get(), classes()));
            }
            return isBiasGiven ? Optional.empty() : head.bias();
        }

        @Override
        public Optional<String> taken() {
            return Optional.of(head.description());
        }
    }
}
