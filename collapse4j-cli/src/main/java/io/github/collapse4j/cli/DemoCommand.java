package io.github.collapse4j.cli;

import com.google.gson.JsonObject;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.report.DemoPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--html",
            paramLabel = "FILE",
            defaultValue = "collapse4j-demo.html",
            description = "The page to write, one self-contained file (default: ${DEFAULT-VALUE}).")
    private Path html = Path.of("collapse4j-demo.html");

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
        AtomicFile.create(html).close();
        PrintWriter out = spec.commandLine().getOut();
        DemoStory story = DemoStory.play(seed, epochs);
        String command = "collapse4j "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        JsonObject result = DemoJson.of(story, command.strip());
        AtomicFile.writeString(html, DemoPage.html(result));
        if (!json.isStandardOutput()) {
            out.print(new DemoReport(story).text());
            out.println();
            out.println("The same with pictures: " + html);
        }
        json.write(result, out);
        out.flush();
        return 0;
    }
}
