package io.github.collapse4j.cli.extract;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.ModelInputOptions;
import io.github.collapse4j.cli.option.ThreadsOption;
import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.cli.text.ExtractionText;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cli.text.ProgressLine;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.io.extract.Extraction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract}: features, labels and last layer of a trained model. */
@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a trained model and writes what its last layer sees, for certify, measure and compress.",
            "",
            "Finds the last linear map before the logits, runs the model on DATA in batches on all cores, and writes"
                    + " features.npy (N×d), labels.npy, weights.npy (K×d) and bias.npy. Every logit is compared with"
                    + " W·h + b. If interrupted, the same command continues where it was. ONNX Runtime is fetched when it"
                    + " is first needed."
        },
        footer = {
            "",
            "Examples:",
            "  collapse4j extract model.onnx --input images/ --preset imagenet --out run",
            "  collapse4j extract mnist.onnx --input MNIST/raw --part test --preset mnist --out run",
            "  collapse4j extract model.onnx --input x.npy --labels y.npy --out run",
            "  collapse4j certify run"
        })
public final class ExtractCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A trained classifier, MODEL.onnx.")
    private String model = "";

    @Mixin
    private ModelInputOptions input = new ModelInputOptions();

    @OptionGroup("Output")
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write the arrays to.")
    private Path folder = Path.of("");

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!input.isGiven()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--input=DATA'");
        }
        json.checkWritable();
        Extraction extraction;
        ProgressLine.atInterruption(
                "Interrupted. What is done is kept in " + folder + ": the same command goes on after it.");
        try (CountProgress progress = new CountProgress("running the model")) {
            extraction = input.extract(model, null, false, folder, threads.threads(), progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        json.write(json(extraction), out);
        if (!json.isStandardOutput()) {
            out.print(ExtractionText.of(model, extraction));
            out.println();
            out.println("  Written to " + folder + ": features.npy"
                    + (extraction.correct().isPresent() ? ", labels.npy" : "") + ", weights.npy"
                    + (extraction.hasBias() ? ", bias.npy" : ""));
            out.flush();
        }
        extraction.doubts().forEach(doubt -> spec.commandLine().getErr().println("extract: " + doubt));
        return 0;
    }

    private JsonObject json(Extraction extraction) {
        JsonObject object = new JsonObject();
        object.addProperty("version", Version.current());
        object.addProperty("model", model);
        object.addProperty("lastLayer", extraction.head());
        object.addProperty("inputs", extraction.inputs());
        object.addProperty("samples", extraction.samples());
        object.addProperty("classes", extraction.classes());
        object.addProperty("featureDimension", extraction.featureDimension());
        if (extraction.correct().isPresent()) {
            object.addProperty("accuracy", (double) extraction.correct().getAsLong() / extraction.samples());
        }
        object.add("logitDifference", JsonOption.number(extraction.logitDifference()));
        object.add("largestLogit", JsonOption.number(extraction.largestLogit()));
        object.add("doubts", JsonOption.texts(extraction.doubts()));
        object.addProperty("out", folder.toString());
        return object;
    }
}
