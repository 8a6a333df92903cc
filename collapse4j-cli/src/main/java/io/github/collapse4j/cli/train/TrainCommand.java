package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.io.file.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: networks with few feature dimensions and fixed heads beside the usual ones. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains networks that differ in feature dimension d and head, and tells what each is worth.",
            "",
            "The head is learned, or a fixed simplex ETF of any d ≥ K−1. After every epoch neural collapse is measured"
                    + " and the last layer certified."
        },
        footer = {
            "",
            "DIR gets a folder for each network. epochs.jsonl grows with every epoch, each measured with up to 3,000 of"
                    + " the training images (fewer where d > 200). In the end there are features.npy, labels.npy,"
                    + " weights.npy, bias.npy of all training images, test_features.npy and test_labels.npy: measure and"
                    + " certify find in them what the table says. A training that was killed goes on from its last epoch"
                    + " when the same command is given again.",
            "",
            "Examples:",
            "  collapse4j train --dims 9,10,64 --heads learned,etf --html train.html",
            "  collapse4j train --data mnist/ --model cnn --epochs 30 --out runs",
            "  collapse4j train --loss mse --seeds 0,1,2 --json -"
        })
public final class TrainCommand implements Callable<Integer> {
    /** The two ways to have a classifier. */
    enum Head {
        learned,
        etf
    }

    @Option(
            names = "--data",
            paramLabel = "digits|DIR",
            defaultValue = "digits",
            description =
                    "The bundled 8×8 digits, or a folder with the files of MNIST, Fashion-MNIST, KMNIST, EMNIST, CIFAR-10"
                            + " or CIFAR-100 (default: ${DEFAULT-VALUE}).")
    private String data = "digits";

    @Option(
            names = "--dims",
            paramLabel = "d",
            split = ",",
            converter = Ranges.AtLeastOne.class,
            description = "Feature dimensions (default: K and 64).")
    private List<Integer> dimensions = List.of();

    @Option(
            names = "--heads",
            paramLabel = "head",
            split = ",",
            defaultValue = "learned,etf",
            description = "${COMPLETION-CANDIDATES} (default: both).")
    private List<Head> heads = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "s",
            split = ",",
            defaultValue = "0",
            description = "Each network is trained once with each (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds = List.of();

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for features, weights and checkpoints.")
    private @Nullable Path folder;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with curves, one self-contained file.")
    private @Nullable Path html;

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (recipe.isContradictory()) {
            throw new ParameterException(
                    spec.commandLine(), "--weight-decay: expected it alone or --lambda-w, --lambda-h and --lambda-b");
        }
        json.checkWritable();
        if (html != null) {
            AtomicFile.create(html).close();
        }
        if (folder != null) {
            Files.createDirectories(folder);
        }
        PrintWriter out = spec.commandLine().getOut();
        String command = "collapse4j "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        TrainGrid grid = TrainGrid.read(data, dimensions, heads, seeds, recipe);
        TrainResults results = grid.run(folder);
        if (!json.isStandardOutput()) {
            out.print(new TrainReport(results).text());
        }
        TrainJson.write(results, command, json, html, out);
        if (html != null && !json.isStandardOutput()) {
            out.println("Page written to " + html);
        }
        out.flush();
        return 0;
    }
}
