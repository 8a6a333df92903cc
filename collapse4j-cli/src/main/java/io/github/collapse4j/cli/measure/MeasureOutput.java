package io.github.collapse4j.cli.measure;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.PageOption;
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
    @Option(
            names = "--worst",
            paramLabel = "n",
            converter = Ranges.AtLeastOne.class,
            description =
                    "Also list the n classes with the largest variance, and the n whose mean is closest to another.")
    private @Nullable Integer worst;

    @Mixin
    private JsonOption json;

    @Mixin
    private PageOption page;

    /** Writes local files. */
    public MeasureOutput() {
        this(ResultFiles.LOCAL);
    }

    /** Writes files elsewhere. */
    public MeasureOutput(ResultFiles files) {
        this.json = new JsonOption(files);
        this.page = new PageOption(files);
    }

    /** Checks that the files can be written, before any work is done. */
    public void checkWritable() throws IOException {
        json.checkWritable();
        page.checkWritable();
    }

    /** Whether there will be a page, which shows some samples. */
    public boolean hasPage() {
        return page.isGiven();
    }

    /** Whether text is printed, that is unless standard output carries JSON. */
    boolean hasText() {
        return !json.isStandardOutput();
    }

    /** Writes the requested outputs: one measurement, or a series. */
    public void write(List<Measured> results, CommandSpec spec) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        JsonObject result = MeasureJson.of(results, CommandText.of(spec));
        json.write(result, out);
        page.write(() -> {
            MeasureFigures.addTo(result, results);
            return MeasurePage.html(result);
        });
        if (!json.isStandardOutput()) {
            out.print(new MeasureReport(results, worst == null ? 0 : worst).text());
            if (page.isGiven()) {
                out.println();
                page.announce(out);
            }
            out.flush();
        }
    }
}
