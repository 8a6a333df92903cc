package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.cli.text.ExtractionText;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.io.extract.Extraction;
import io.github.collapse4j.io.file.TemporaryFolder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A model run by a command that needs its last layer only while it works: arrays in a temporary folder. */
public final class ModelRun implements AutoCloseable {
    private final ModelInputOptions input;
    private final CommandSpec spec;
    private @Nullable TemporaryFolder folder;
    private String text = "";

    /** Nothing happens until a layer is wanted. */
    public ModelRun(ModelInputOptions input, CommandSpec spec) {
        this.input = input;
        this.spec = spec;
    }

    /** @throws ParameterException if an option is given that a model makes meaningless */
    public void refuse(String option, @Nullable Object given) {
        if (given != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected no " + option + " with MODEL and --input, which bring the last layer");
        }
    }

    /**
     * Runs the model, and reports doubts on standard error.
     *
     * @param labels the location of the labels, if it is not that of the option
     * @return the arrays of its last layer, which exist until this is closed
     */
    public LayerFiles layer(String model, @Nullable String labels, int threads) throws IOException {
        TemporaryFolder temporary = TemporaryFolder.create();
        folder = temporary;
        Extraction extraction;
        try (CountProgress progress = new CountProgress("running the model")) {
            extraction = input.extract(model, labels, true, temporary.path(), threads, progress);
        }
        extraction.doubts().forEach(doubt -> spec.commandLine().getErr().println(spec.name() + ": " + doubt));
        text = ExtractionText.of(model, extraction);
        return LayerFiles.find(temporary.path().toString(), new LayerFiles.Given(null, null, null));
    }

    /** What the model did, for people. */
    public String text() {
        return text;
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }
}
