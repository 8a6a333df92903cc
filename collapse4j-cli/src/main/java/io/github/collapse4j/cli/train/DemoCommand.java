package io.github.collapse4j.cli.train;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.report.DemoPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: train three networks, watch them collapse, certify them, and see why they could not get stuck. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "The story on real data, in less than a minute: trains three small networks on handwritten digits, certifies"
                        + " their last layers, solves the model behind them, and shows why training cannot get stuck.",
        footer = {
            "",
            "The digits come with the program (UCI, E. Alpaydin and C. Kaynak, CC BY 4.0).",
            "",
            "Examples:",
            "  collapse4j demo",
            "  collapse4j demo --html demo.html --seed 7"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String USUAL_PAGE = "collapse4j-demo.html";

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "The page to write, one self-contained file (default: " + USUAL_PAGE
                    + ", where this folder can be written to).")
    private @Nullable Path html;

    @Option(names = "--seed", paramLabel = "s", defaultValue = "0", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--epochs",
            paramLabel = "E",
            defaultValue = "150",
            converter = Ranges.AtLeastOne.class,
            description = "Passes over the digits (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        json.checkWritable();
        Optional<Path> page = page();
        PrintWriter out = spec.commandLine().getOut();
        DemoStory story = DemoStory.play(seed, epochs);
        String command = "collapse4j "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        JsonObject result = DemoJson.of(story, command.strip());
        if (page.isPresent()) {
            AtomicFile.writeString(page.get(), DemoPage.html(result));
        }
        if (!json.isStandardOutput()) {
            out.print(new DemoReport(story).text());
            out.println();
            out.println(page.map(file -> "The same with pictures: " + file)
                    .orElse("The same with pictures comes with --html FILE: this folder cannot be written to."));
        }
        json.write(result, out);
        out.flush();
        return 0;
    }

    /** A page that was asked for must be; the usual one only where it can. */
    private Optional<Path> page() throws IOException {
        Path file = html == null ? Path.of(USUAL_PAGE) : html;
        try {
            AtomicFile.create(file).close();
            return Optional.of(file);
        } catch (FileSystemException e) {
            if (html != null) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
