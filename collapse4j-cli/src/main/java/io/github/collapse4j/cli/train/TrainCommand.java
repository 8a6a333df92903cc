package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LongTail;
import io.github.collapse4j.cli.option.PageOption;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.text.CommandText;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: compares networks with few feature dimensions and fixed heads with the usual ones. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains networks that differ in feature dimension d and head, and compares them.",
            "",
            "The head is learned, or a fixed simplex ETF of any d ≥ K−1. After every epoch, neural collapse is measured"
                    + " and the last layer certified.",
            "",
            "With --features, a ReLU precedes the head (nonnegative), or features and weights are scaled to unit length"
                    + " and trained without penalties (unit)."
        },
        footer = {
            "",
            "Writes a folder per network to DIR. epochs.jsonl grows with every epoch, measured on up to 3,000 of the"
                    + " training images (fewer if d > 200). At the end there are features.npy, labels.npy, weights.npy"
                    + " and bias.npy for all training images, test_features.npy and test_labels.npy, and objective.json,"
                    + " which states the loss and the penalties (and soft_targets.npy, with --targets): measure and certify give the figures of the table for"
                    + " the folder. A killed training resumes from its last epoch"
                    + " when the same command is run again, and with more --epochs a finished one goes on.",
            "",
            "Examples:",
            "  collapse4j train --dims 9,10,64 --heads learned,etf --html train.html",
            "  collapse4j train --data mnist/ --model cnn --epochs 30 --out runs",
            "  collapse4j train --dims 10 --stop-gap 0.01 --out runs --tensorboard runs",
            "  collapse4j train --dims 10 --out runs --mlflow http://localhost:5000",
            "  collapse4j train --dims 10,20 --heads learned --features nonnegative",
            "  collapse4j train --dims 10 --features unit --temperature 16 --out runs",
            "  collapse4j train --loss mse --seeds 0,1,2 --json -",
            "  collapse4j train --targets teacher.npy --heads learned --out students",
            "  collapse4j train --long-tail 139:10 --label-smoothing 0.1 --class-weights balanced --out runs"
        })
public final class TrainCommand implements Callable<Integer> {
    /** The kinds of head. */
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
            names = "--long-tail",
            paramLabel = "a:b",
            converter = LongTail.Converter.class,
            description = "Train on a images of class 0 down to b of class K−1, geometrically (default: on all).")
    private @Nullable LongTail longTail;

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
            description = "Seeds; each network is trained once per seed (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds = List.of();

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @OptionGroup("Output")
    @Option(names = "--out", paramLabel = "DIR", description = "Folder for features, weights and checkpoints.")
    private @Nullable Path folder;

    @Mixin
    private MonitoringOptions monitoring = new MonitoringOptions();

    @Mixin
    private PageOption page = new PageOption();

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
        boolean isUnit = recipe.features.isUnit("--heads", "--loss", "--margin", "--targets");
        json.checkWritable();
        page.checkWritable();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        PrintWriter out = spec.commandLine().getOut();
        TrainGrid grid =
                TrainGrid.read(data, longTail, dimensions, isUnit ? List.of(Head.learned) : heads, seeds, recipe);
        TrainResults results = grid.run(folder, monitoring);
        if (!json.isStandardOutput()) {
            out.print(new TrainReport(results, Optional.ofNullable(folder)).text());
        }
        TrainJson.write(results, CommandText.of(spec), json, page, out);
        if (!json.isStandardOutput()) {
            page.announce(out);
        }
        out.flush();
        if (results.unlogged().isPresent()) {
            throw new InputException(results.unlogged().get());
        }
        return 0;
    }
}
