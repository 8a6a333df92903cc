package io.github.collapse4j.cli.landscape;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.PageOption;
import io.github.collapse4j.cli.text.CommandText;
import io.github.collapse4j.cli.text.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** Prints each model as soon as it is explored, and in the end writes the JSON and the page of all. */
final class LandscapeOutput {
    private final PageOption page;
    private final JsonOption json;
    private final PrintWriter out;
    private final JsonArray models = new JsonArray();
    private final JsonObject result = new JsonObject();

    LandscapeOutput(CommandSpec spec, long seed, PageOption page, JsonOption json) {
        this.page = page;
        this.json = json;
        this.out = spec.commandLine().getOut();
        result.addProperty("version", Version.current());
        result.addProperty("command", CommandText.of(spec));
        result.addProperty("seed", seed);
        result.add("models", models);
    }

    void add(JsonObject model, Supplier<String> text) {
        models.add(model);
        if (!json.isStandardOutput()) {
            out.print(text.get());
            out.flush();
        }
    }

    /** All models so far, to which a command may add. */
    JsonObject result() {
        return result;
    }

    void write(Function<JsonObject, String> html) throws IOException {
        page.write(() -> html.apply(result));
        if (!json.isStandardOutput()) {
            page.announce(out);
        }
        json.write(result, out);
        out.flush();
    }
}
