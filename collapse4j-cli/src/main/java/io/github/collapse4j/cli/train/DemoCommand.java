package io.github.collapse4j.cli.train;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.text.CommandText;
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

/** {@code demo}: trains three networks, watches them collapse, certifies them, and shows why they cannot get stuck. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "A tour on real data, in less than a minute: trains three small networks on handwritten digits,"
                + " certifies their last layers, solves the model behind them, and shows why training cannot get"
                + " stuck.",
        footer = {
            "",
            "The digits are bundled (UCI, E. Alpaydin and C. Kaynak, CC BY 4.0).",
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
            description = "Write the page to FILE, one self-contained file (default: " + USUAL_PAGE
                    + ", if this folder is writable).")
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
        JsonObject result = DemoJson.of(story, CommandText.of(spec));
        if (page.isPresent()) {
            AtomicFile.writeString(page.get(), DemoPage.html(result));
        }
        if (!json.isStandardOutput()) {
            out.print(new DemoReport(story).text());
            out.println();
            out.println(page.map(file -> "With pictures: " + file)
                    .orElse("For pictures, use --html FILE: this folder is not writable."));
        }
        json.write(result, out);
        out.flush();
        return 0;
    }

    /** A requested page must be written; the default one only if possible. */
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
