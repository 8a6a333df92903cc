package io.github.collapse4j.cli.option;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --json FILE|-}, for every command. Numbers that are not finite become null. */
public final class JsonOption {
    private final ResultFiles files;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "Also write the result as JSON to FILE, or with - only that to standard output.")
    private @Nullable String target;

    /** Writes files of this machine. */
    public JsonOption() {
        this(ResultFiles.LOCAL);
    }

    /** Writes files elsewhere. */
    public JsonOption(ResultFiles files) {
        this.files = files;
    }

    /** Whether standard output belongs to the JSON. */
    public boolean isStandardOutput() {
        return "-".equals(target);
    }

    /** Finds out whether the file can be written, before any work is done for it. */
    public void checkWritable() throws IOException {
        if (target != null && !isStandardOutput()) {
            files.checkWritable(target);
        }
    }

    /** Writes a result where the option says, if it is given. */
    public void write(JsonObject result, PrintWriter out) throws IOException {
        if (target == null) {
            return;
        }
        String text = new GsonBuilder()
                .setPrettyPrinting()
                .serializeNulls()
                .disableHtmlEscaping()
                .create()
                .toJson(result);
        if (isStandardOutput()) {
            out.println(text);
            out.flush();
        } else {
            files.write(target, text + "\n");
        }
    }

    public static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    public static JsonArray numbers(double... values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            array.add(number(value));
        }
        return array;
    }

    public static JsonObject residuals(double ofW, double ofH, double ofB) {
        JsonObject residuals = new JsonObject();
        residuals.add("W", number(ofW));
        residuals.add("H", number(ofH));
        residuals.add("b", number(ofB));
        return residuals;
    }
}
