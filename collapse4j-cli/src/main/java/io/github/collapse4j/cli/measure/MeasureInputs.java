package io.github.collapse4j.cli.measure;

import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ClassifierFiles;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Inputs that accompany the features, wherever they are: the last layer, the classes, the columns of tables. */
public final class MeasureInputs {
    @Option(names = "--weights", paramLabel = "W", description = "Weights of the last layer, K×d: adds NC3 and NC4.")
    private @Nullable String weights;

    @Option(names = "--bias", paramLabel = "b", description = "Bias of the last layer, K entries.")
    private @Nullable String bias;

    @Option(
            names = "--classes",
            paramLabel = "K",
            converter = Ranges.AtLeastTwo.class,
            description = "Number of classes (default: rows of the weights, or the largest label + 1).")
    private @Nullable Integer classes;

    @Option(
            names = "--global-mean",
            paramLabel = "classes|samples",
            defaultValue = "classes",
            description = "Global mean: average over classes, or over samples (default: ${DEFAULT-VALUE}).")
    private GlobalMeanName globalMean = GlobalMeanName.classes;

    @Option(
            names = "--feature-column",
            paramLabel = "NAME",
            description = "Column of lists in a table (default: features); without one, all columns except the labels"
                    + " are features.")
    private @Nullable String featureColumn;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "Column of labels in a table (default: label, or a name like it; without a header, its number"
                    + " from 1, by default the last).")
    private @Nullable String labelColumn;

    @Option(
            names = "--index-column",
            split = ",",
            paramLabel = "NAME|none",
            description =
                    "Columns that number or name the rows and are not features (default: those without a name, and"
                            + " those named index, id and the like).")
    private @Nullable List<String> indexColumns;

    @Option(
            names = "--header",
            paramLabel = "auto|yes|no",
            defaultValue = "auto",
            description = "Whether the first row of a CSV file names its columns (default: detected).")
    private TableColumns.Header header = TableColumns.Header.AUTO;

    /** The global mean's definition, as named on the command line. */
    enum GlobalMeanName {
        classes(GlobalMean.OF_CLASS_MEANS),
        samples(GlobalMean.OF_SAMPLES);

        private final GlobalMean convention;

        GlobalMeanName(GlobalMean convention) {
            this.convention = convention;
        }
    }

    /** @throws ParameterException if there is a bias without weights */
    public void check(CommandSpec spec) {
        if (bias != null && weights == null) {
            throw new ParameterException(spec.commandLine(), "Expected --weights with --bias, found --bias alone");
        }
    }

    /** @throws ParameterException if columns are specified without a table */
    void requireNoColumns(CommandSpec spec) {
        String option = featureColumn != null
                ? "--feature-column"
                : labelColumn != null ? "--label-column" : indexColumns != null ? "--index-column" : null;
        if (option != null || header != TableColumns.Header.AUTO) {
            throw new ParameterException(
                    spec.commandLine(),
                    (option == null ? "--header" : option)
                            + ": expected a table, found arrays, which have no named columns");
        }
    }

    /** @throws ParameterException if weights, a bias or K are given although folders contain them */
    void requireNothingOfFolders(CommandSpec spec) {
        String option = weights != null ? "--weights" : bias != null ? "--bias" : classes != null ? "--classes" : null;
        if (option != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected --series alone, because its folders contain weights.npy and bias.npy, found " + option);
        }
    }

    @Nullable
    String weights() {
        return weights;
    }

    @Nullable
    String bias() {
        return bias;
    }

    /** K, if given. */
    public OptionalInt classes() {
        return classes == null ? OptionalInt.empty() : OptionalInt.of(classes);
    }

    /**
     * K from the number of rows of the weights, if given; otherwise {@link #classes}.
     *
     * @param files locates the weights
     */
    public OptionalInt classesOfWeights(ArrayFile.Finder files) throws IOException {
        return weights == null
                ? classes()
                : OptionalInt.of(Math.toIntExact(Math.min(
                        Matrix.MAX_ENTRIES, open(weights, files).matrix().rows())));
    }

    /**
     * The last layer, if its weights are given.
     *
     * @param features what they must match, for messages
     * @param files locates the weights
     */
    public Optional<LinearClassifier> classifier(int featureDimension, String features, ArrayFile.Finder files)
            throws IOException {
        if (weights == null) {
            return Optional.empty();
        }
        Matrix w = ClassifierFiles.weights(open(weights, files), featureDimension, features);
        return Optional.of(
                bias == null
                        ? LinearClassifier.withoutBias(w)
                        : new LinearClassifier(w, ClassifierFiles.bias(open(bias, files), w.rows())));
    }

    private static NumericArray open(String location, ArrayFile.Finder files) throws IOException {
        return ArrayFile.open(location, ArrayFile.Role.ANY, files);
    }

    public GlobalMean globalMean() {
        return globalMean.convention;
    }

    /** The columns of tables, as far as specified. */
    public TableColumns columns() {
        return new TableColumns(
                Optional.ofNullable(featureColumn),
                Optional.ofNullable(labelColumn),
                TableColumns.Labels.READ,
                header,
                Optional.ofNullable(indexColumns).map(names -> names.equals(List.of("none")) ? List.of() : names));
    }
}
