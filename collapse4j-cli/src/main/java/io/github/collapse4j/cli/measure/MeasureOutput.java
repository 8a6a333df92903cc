package io.github.collapse4j.cli.measure;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.ResultFiles;
import io.github.collapse4j.cli.text.CommandText;
import io.github.collapse4j.report.MeasurePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Measurements as text, JSON and a page. */
public final class MeasureOutput {
    private final ResultFiles files;

    @Option(
            names = "--worst",
            paramLabel = "n",
            converter = Ranges.AtLeastOne.class,
            description =
                    "Also list the n classes with the largest variance, and the n whose mean is nearest to another.")
    private @Nullable Integer worst;

    @Mixin
    private JsonOption json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write an interactive page, one self-contained file.")
    private @Nullable String html;

    /** Writes files of this machine. */
    public MeasureOutput() {
        this(ResultFiles.LOCAL);
    }

    /** Writes files elsewhere. */
    public MeasureOutput(ResultFiles files) {
        this.files = files;
        this.json = new JsonOption(files);
    }

    /** Finds out whether the files can be written, before any work is done for them. */
    public void checkWritable() throws IOException {
        json.checkWritable();
        if (html != null) {
            files.checkWritable(html);
        }
    }

    /** Whether there will be a page, which shows some samples. */
    public boolean hasPage() {
        return html != null;
    }

    /** Whether there will be text; not where JSON takes its place. */
    boolean hasText() {
        return !json.isStandardOutput();
    }

    /** Writes what was asked for: one measurement, or a series. */
    public void write(List<Measured> results, CommandSpec spec) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        JsonObject result = MeasureJson.of(results, CommandText.of(spec));
        json.write(result, out);
        if (html != null) {
            MeasureFigures.addTo(result, results);
            files.write(html, MeasurePage.html(result));
        }
        if (!json.isStandardOutput()) {
            out.print(new MeasureReport(results, worst == null ? 0 : worst).text());
            if (html != null) {
                out.println();
                out.println("Page written to " + html);
            }
            out.flush();
        }
    }
}
