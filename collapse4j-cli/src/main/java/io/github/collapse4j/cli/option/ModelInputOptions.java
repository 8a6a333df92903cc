package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.extract.Extraction;
import io.github.collapse4j.io.extract.FeatureExtraction;
import io.github.collapse4j.io.extract.ModelFiles;
import io.github.collapse4j.io.extract.TrainedModel;
import io.github.collapse4j.io.input.InputFiles;
import io.github.collapse4j.io.input.InputRequest;
import io.github.collapse4j.io.input.ModelInputs;
import io.github.collapse4j.io.input.Normalisation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a model is run on, and how that is prepared. */
@OptionGroup("Running a model")
public final class ModelInputOptions {
    @Option(
            names = "--input",
            paramLabel = "DATA",
            description =
                    "Inputs of MODEL: .npy, .npz[:NAME], an IDX file, a folder of MNIST or CIFAR files, or a folder of"
                            + " pictures with a subfolder for each class, in alphabetical order.")
    private @Nullable String input;

    @Option(
            names = "--labels",
            paramLabel = "L",
            description = "Classes of these inputs: an array or an IDX file, not CSV (default: those in DATA).")
    private @Nullable String labels;

    @Option(
            names = "--part",
            paramLabel = "train|test",
            description = "Part of a data set (default: train, or test if there is no other).")
    private InputRequest.@Nullable Part part;

    @Mixin
    private NormalisationOptions normalisation = new NormalisationOptions();

    @Option(
            names = "--resize",
            paramLabel = "n",
            converter = Ranges.AtLeastOne.class,
            description = "Length of the shorter side of pictures before their centre is cut out (default: just large"
                    + " enough; 8/7 of the cut with --preset imagenet).")
    private @Nullable Integer resize;

    @Option(
            names = "--crop",
            paramLabel = "n",
            converter = Ranges.AtLeastOne.class,
            description = "Side of the cut, for models that take pictures of any size.")
    private @Nullable Integer crop;

    @Option(
            names = "--batch",
            paramLabel = "n",
            converter = Ranges.AtLeastOne.class,
            description = "Samples at a time on each thread, if the model leaves it open (default: 32).")
    private @Nullable Integer batch;

    /** Whether a model is to be run. */
    public boolean isGiven() {
        return input != null;
    }

    /**
     * Refuses options without {@code --input}, and a model that then is only a file.
     *
     * @param first the first argument of the command, if any
     */
    public void requireUse(@Nullable String first, CommandSpec spec) {
        if (isGiven()) {
            if (first == null) {
                throw new ParameterException(spec.commandLine(), "Expected MODEL.onnx with --input, found no model");
            }
            return;
        }
        if (first != null && first.endsWith(".onnx")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected --input DATA, which " + first + " is to be run on, such as --input images/");
        }
        String idle = labels != null
                ? "--labels"
                : part != null
                        ? "--part"
                        : resize != null ? "--resize" : crop != null ? "--crop" : batch != null ? "--batch" : null;
        if (idle != null || normalisation.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected MODEL.onnx and --input DATA with "
                            + (idle == null ? "--preset, --scale, --mean and --std" : idle) + ", found no --input");
        }
    }

    /**
     * Runs a model and writes what its last layer sees.
     *
     * @param model the file
     * @param given the location of the labels, if it is not that of the option
     * @param isForLabels whether there must be labels
     * @param folder receives the arrays
     * @param threads that run the model
     * @throws IOException with one line, if something does not fit
     */
    public Extraction extract(
            String model, @Nullable String given, boolean isForLabels, Path folder, int threads, CountProgress progress)
            throws IOException {
        String location = labels == null ? given : labels;
        try (TrainedModel trained = ModelFiles.open(model);
                ModelInputs inputs = InputFiles.open(request(trained), trained.input())) {
            Optional<int[]> classes =
                    location == null ? inputs.labels() : Optional.of(InputFiles.labels(location, inputs.count()));
            if (isForLabels && classes.isEmpty()) {
                throw new InputException(input + ": expected labels, found none: add --labels L");
            }
            return new FeatureExtraction(model, trained, inputs, classes, optional(batch), threads)
                    .into(folder, progress::update);
        }
    }

    private InputRequest request(TrainedModel model) {
        Normalisation wanted = normalisation.normalisation();
        int side = 0;
        for (int length : model.input().sample()) {
            side = Math.max(side, length);
        }
        if (crop != null) {
            side = crop;
        }
        OptionalInt shorter = resize == null && normalisation.isOfImageNet() && side > 0
                ? OptionalInt.of((int) Math.round(side * 8 / 7.0))
                : optional(resize);
        return new InputRequest(
                String.valueOf(input), part == null ? InputRequest.Part.ANY : part, wanted, shorter, optional(crop));
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
