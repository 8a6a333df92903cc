package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.option.JsonOption.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/** What the JSON of every solution has in common. */
final class ProblemJson {
    private ProblemJson() {}

    /** A result that starts with the problem. */
    static JsonObject of(UfmProblem problem, FeatureDomain domain, StatedLoss loss) {
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        loss.addTo(json);
        json.addProperty("domain", domain.toString());
        json.addProperty("classes", problem.classes());
        json.addProperty("featureDimension", problem.featureDimension());
        json.addProperty("samples", problem.counts().samples());
        JsonOption.addPenalties(json, problem);
        return json;
    }

    /** Adds objective, lower bound, the gap between them, and μ. */
    static void addValues(JsonObject json, double objective, double lowerBound, double relativeGap, double mu) {
        json.add("objective", number(objective));
        json.add("lowerBound", number(lowerBound));
        json.add("relativeGap", number(relativeGap));
        json.add("mu", number(mu));
    }

    /** The logits of a point, an array for each class or group. */
    static JsonArray logits(UfmModel reduced, UfmPoint point) {
        Matrix logits = reduced.logits(point.product(), point.bias());
        JsonArray columns = new JsonArray();
        for (int m = 0; m < logits.columns(); m++) {
            columns.add(JsonOption.numbers(logits.column(m)));
        }
        return columns;
    }
}
