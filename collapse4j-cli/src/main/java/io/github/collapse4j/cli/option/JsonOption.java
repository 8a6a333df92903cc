package io.github.collapse4j.cli.option;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --json FILE|-}, for every command. Non-finite numbers become null. */
@OptionGroup("Output")
public final class JsonOption {
    private final ResultFiles files;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "Also write the result as JSON to FILE; with -, write only JSON, to standard output.")
    private @Nullable String target;

    /** Writes local files. */
    public JsonOption() {
        this(ResultFiles.LOCAL);
    }

    /** Writes files elsewhere. */
    public JsonOption(ResultFiles files) {
        this.files = files;
    }

    /** Whether standard output is reserved for the JSON. */
    public boolean isStandardOutput() {
        return "-".equals(target);
    }

    /** Checks that the file can be written, before any work is done. */
    public void checkWritable() throws IOException {
        if (target != null && !isStandardOutput()) {
            files.checkWritable(target);
        }
    }

    /** Writes a result to the destination of the option, if given. */
    public void write(JsonObject result, PrintWriter out) throws IOException {
        write(() -> result, out);
    }

    /** Writes a result to the destination of the option, if given; otherwise it is not computed. */
    public void write(Supplier<JsonObject> result, PrintWriter out) throws IOException {
        if (target == null) {
            return;
        }
        String text = new GsonBuilder()
                .setPrettyPrinting()
                .serializeNulls()
                .disableHtmlEscaping()
                .create()
                .toJson(result.get());
        if (isStandardOutput()) {
            out.println(text);
            out.flush();
        } else {
            files.write(target, text + "\n");
        }
    }

    /** Adds λ_W, λ_H and λ_b; λ_b is 0 for a free bias, and null without a bias. */
    public static void addPenalties(JsonObject json, UfmProblem problem) {
        json.addProperty("lambdaW", problem.lambdaW());
        json.addProperty("lambdaH", problem.lambdaH());
        Bias bias = problem.bias();
        json.add("lambdaB", bias.isPresent() ? number(bias.lambda()) : JsonNull.INSTANCE);
    }

    public static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    /** Null where there is no number. */
    public static JsonElement number(OptionalDouble value) {
        return number(value.orElse(Double.NaN));
    }

    public static JsonArray numbers(double... values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            array.add(number(value));
        }
        return array;
    }

    public static JsonArray integers(int... values) {
        JsonArray array = new JsonArray(values.length);
        for (int value : values) {
            array.add(value);
        }
        return array;
    }

    public static JsonArray texts(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
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
