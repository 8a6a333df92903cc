package io.github.collapse4j.cli.train;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.option.JsonOption.numbers;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Assessment;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.io.image.LabelledImages;
import io.github.collapse4j.landscape.LowerSaddle;
import io.github.collapse4j.landscape.SaddleDescent;
import java.util.List;

/** The demo as JSON, also for its page: the JSON of {@code train} and what follows from it. */
final class DemoJson {
    private DemoJson() {}

    static JsonObject of(DemoStory story, String command) {
        JsonObject result = TrainJson.of(story.trained(), command);
        result.addProperty(
                "attribution",
                "Digits: Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning"
                        + " Repository, CC BY 4.0.");
        result.add("seconds", number(story.seconds()));
        result.add("samples", samples(story.trained().images().train()));
        JsonObject optimum = new JsonObject();
        optimum.add("objective", number(story.optimum().objective()));
        optimum.add("lowerBound", number(story.optimum().lowerBound().value()));
        optimum.add("relativeGap", number(story.optimum().relativeGap()));
        optimum.addProperty("rank", story.optimum().rank());
        result.add("optimum", optimum);
        JsonArray saddles = new JsonArray();
        story.saddles().forEach(saddle -> saddles.add(saddle(saddle)));
        result.add("saddles", saddles);
        JsonArray frames = new JsonArray();
        story.frames().forEach(frame -> frames.add(frame(frame)));
        result.add("frames", frames);
        return result;
    }

    /** The first image of each class, pixels 0…255. */
    private static JsonArray samples(LabelledImages images) {
        JsonArray samples = new JsonArray();
        for (int k = 0; k < images.classes(); k++) {
            int index = 0;
            while (images.labels()[index] != k) {
                index++;
            }
            JsonArray pixels = new JsonArray();
            for (int i = 0; i < images.imageSize(); i++) {
                pixels.add(images.pixels()[index * images.imageSize() + i] & 0xFF);
            }
            samples.add(pixels);
        }
        return samples;
    }

    private static JsonObject saddle(LowerSaddle saddle) {
        Assessment assessment = saddle.assessment();
        JsonObject json = new JsonObject();
        json.addProperty("rank", assessment.facts().rank());
        json.add("objective", number(assessment.facts().objective()));
        json.add("sigmaOverMu", number(assessment.facts().sigmaOverMu()));
        json.addProperty("verdict", assessment.verdict().name());
        if (assessment.verdict() instanceof Verdict.StrictSaddle strict) {
            json.add("curvature", number(strict.mostNegativeCurvature()));
            json.addProperty("index", strict.indexLowerBound());
        }
        saddle.descent().ifPresent(run -> json.add("descent", descent(run)));
        return json;
    }

    private static JsonObject descent(SaddleDescent run) {
        JsonObject json = new JsonObject();
        json.add("objective", number(run.objective()));
        json.addProperty("steps", run.steps());
        json.add(
                "gap",
                numbers(run.gaps().stream().mapToDouble(Double::doubleValue).toArray()));
        return json;
    }

    private static JsonObject frame(CollapseFrames.Frame frame) {
        JsonObject json = new JsonObject();
        json.addProperty("epoch", frame.epoch());
        json.add("points", rounded(frame.points()));
        json.add("rows", rounded(frame.rows()));
        return json;
    }

    private static JsonArray rounded(List<double[]> classes) {
        JsonArray json = new JsonArray();
        for (double[] values : classes) {
            JsonArray array = new JsonArray();
            for (double value : values) {
                array.add(number(Math.rint(value * 1e4) / 1e4));
            }
            json.add(array);
        }
        return json;
    }
}
