package io.github.collapse4j.cli.measure;

import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.TableOptions;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ClassifierSource;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Inputs that accompany the features, wherever they are: the last layer, the classes, the columns of tables. */
public final class MeasureInputs {
    @Option(
            names = "--weights",
            paramLabel = "W",
            description = "Weights of the last layer, K×d, or a model whose last linear layer they are: .pt, .pth,"
                    + " .safetensors, .onnx, .keras or .h5, with :NAME if there are several. Adds NC3 and NC4.")
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

    @Mixin
    private TableOptions table = new TableOptions();

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
        table.requireNone(spec);
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
                : OptionalInt.of(ClassifierSource.open(weights, bias, files).classes());
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
        return Optional.of(
                FeatureSet.classifier(ClassifierSource.open(weights, bias, files), featureDimension, features));
    }

    public GlobalMean globalMean() {
        return globalMean.convention;
    }

    /** The columns of tables, as far as specified. */
    public TableColumns columns() {
        return table.columns();
    }
}
