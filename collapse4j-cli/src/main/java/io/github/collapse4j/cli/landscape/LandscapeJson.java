package io.github.collapse4j.cli.landscape;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.option.JsonOption.numbers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.curvature.FullSpectrum;
import io.github.collapse4j.landscape.Atlas;
import io.github.collapse4j.landscape.CriticalPoint;
import io.github.collapse4j.landscape.DescentTally;
import io.github.collapse4j.landscape.EscapeRun;
import io.github.collapse4j.landscape.Landscape;
import io.github.collapse4j.landscape.TheoremCheck;
import io.github.collapse4j.landscape.Trace;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmProblem;
import java.util.List;
import java.util.OptionalDouble;

/** A landscape as JSON, also for the page. */
final class LandscapeJson {
    private static final int CURVE_POINTS = 150;

    private LandscapeJson() {}

    static JsonObject of(Landscape landscape, HuntProofs proofs, StatedLoss loss) {
        UfmProblem problem = landscape.problem();
        JsonObject json = new JsonObject();
        loss.addTo(json);
        json.addProperty("classes", problem.classes());
        if (!problem.loss().isOfClasses()) {
            json.addProperty("groups", problem.groups());
        }
        json.addProperty("featureDimension", problem.featureDimension());
        JsonArray counts = new JsonArray();
        for (long count : problem.counts().toArray()) {
            counts.add(count);
        }
        json.add("classCounts", counts);
        JsonOption.addPenalties(json, problem);
        json.add("mu", number(problem.mu()));
        json.add("globalMinimum", number(landscape.optimum().objective()));
        json.addProperty("globalMinimumCertified", landscape.isCertified());
        json.add("lowerBound", number(landscape.optimum().lowerBound().value()));
        json.add("theorems", theorems(landscape.atlas().theoremChecks()));
        json.add("search", search(landscape.atlas()));
        json.add("criticalPoints", criticalPoints(landscape.atlas()));
        json.add("spectra", spectra(landscape));
        JsonArray escapes = new JsonArray();
        JsonArray lines = new JsonArray();
        for (Landscape.Escape escape : landscape.escapes()) {
            escapes.add(escape(escape, landscape));
            if (escape.to().isPresent()) {
                JsonObject line = new JsonObject();
                line.addProperty("from", escape.from());
                line.addProperty("to", escape.to().getAsInt());
                if (!lines.contains(line)) {
                    lines.add(line);
                }
            }
        }
        json.add("escapes", escapes);
        json.add("escapeLines", lines);
        json.add("animation", animation(landscape.frames()));
        json.add("collapse", collapse(landscape.collapse()));
        json.add("hunt", HuntJson.of(landscape.hunt(), proofs));
        return json;
    }

    /** Copies the keys of the first model to the top level, for readers that expect a single model. */
    static void addFlat(JsonObject result) {
        JsonObject first = result.getAsJsonArray("models").get(0).getAsJsonObject();
        for (String key : new String[] {"criticalPoints", "hunt", "escapes"}) {
            result.add(key, first.get(key));
        }
    }

    private static JsonArray theorems(List<TheoremCheck> checks) {
        JsonArray array = new JsonArray();
        for (TheoremCheck check : checks) {
            JsonObject json = new JsonObject();
            json.addProperty("statement", check.statement());
            json.addProperty("tested", check.tested());
            json.addProperty("violations", check.violations());
            json.add("worst", number(check.worst()));
            json.addProperty("detail", check.measure());
            array.add(json);
        }
        return array;
    }

    /** How the critical points were searched for: the list is not an enumeration. */
    private static JsonObject search(Atlas atlas) {
        JsonObject json = new JsonObject();
        json.addProperty("isEnumeration", false);
        json.addProperty("starts", atlas.searches());
        json.addProperty("startsWithoutPoint", atlas.unpolished());
        JsonArray descents = new JsonArray();
        for (DescentTally tally : atlas.descents()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("featureDimension", tally.dimension());
            entry.addProperty("starts", tally.starts());
            entry.addProperty("points", tally.points());
            entry.addProperty("foundOnce", tally.foundOnce());
            entry.add("estimatedUnseenShare", number(tally.unseenShare()));
            descents.add(entry);
        }
        json.add("descents", descents);
        return json;
    }

    private static JsonArray criticalPoints(Atlas atlas) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < atlas.points().size(); i++) {
            CriticalPoint point = atlas.points().get(i);
            JsonObject json = new JsonObject();
            json.addProperty("id", i);
            json.addProperty("rank", point.rank());
            json.add("objective", number(point.objective()));
            json.addProperty("index", point.index());
            json.addProperty("nullity", point.nullity());
            json.addProperty("orbitDimension", point.spectrum().orbitDimension());
            json.add("minCurvature", number(point.minCurvature()));
            json.add("maxCurvature", number(point.maxCurvature()));
            json.add(
                    "predictedMinCurvature",
                    point.verdict() instanceof Verdict.StrictSaddle saddle
                            ? number(saddle.mostNegativeCurvature())
                            : JsonNull.INSTANCE);
            json.add("sigmaOverMu", number(point.sigmaOverMu()));
            json.add("gradientNorm", number(point.gradientNorm()));
            json.addProperty("verdict", point.verdict().name());
            json.addProperty("origin", point.origin().description());
            json.addProperty("timesFound", point.timesFound());
            json.addProperty("starts", atlas.searches());
            array.add(json);
        }
        return array;
    }

    private static JsonArray spectra(Landscape landscape) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < landscape.spectra().size(); i++) {
            FullSpectrum spectrum = landscape.spectra().get(i);
            JsonObject json = new JsonObject();
            json.addProperty("point", i);
            json.add("reduced", numbers(spectrum.reduced().eigenvalues()));
            JsonArray within = new JsonArray();
            for (FullSpectrum.WithinClass family : spectrum.within()) {
                JsonObject entry = new JsonObject();
                entry.addProperty("class", family.label());
                entry.add("eigenvalues", numbers(family.eigenvalues()));
                entry.addProperty("multiplicity", family.multiplicity());
                within.add(entry);
            }
            json.add("within", within);
            json.add("predicted", predicted(landscape.atlas().points().get(i), landscape.problem()));
            json.add("conditionNumber", number(spectrum.condition()));
            array.add(json);
        }
        return array;
    }

    private static JsonArray predicted(CriticalPoint point, UfmProblem problem) {
        JsonArray array = new JsonArray();
        for (CriticalPoint.NullEigenvalue eigenvalue : point.predictedAlongNull(problem)) {
            JsonObject json = new JsonObject();
            json.add("value", number(eigenvalue.value()));
            json.addProperty("label", Table.format("along null W, σ/μ = %.4g", eigenvalue.sigmaOverMu()));
            array.add(json);
        }
        return array;
    }

    private static JsonObject escape(Landscape.Escape escape, Landscape landscape) {
        EscapeRun run = escape.run();
        JsonObject json = new JsonObject();
        json.addProperty("from", escape.from());
        json.addProperty("optimizer", run.optimizer());
        json.add("predictedRate", growth(run.predictedRate()));
        json.add("observedRate", growth(run.observedRate()));
        json.add(
                "iterationsToLeave",
                run.iterationsToLeave().isPresent()
                        ? number(run.iterationsToLeave().getAsInt())
                        : JsonNull.INSTANCE);
        int near = Math.max(
                2,
                Math.min(run.distance().values().length, run.iterationsToLeave().orElse(0) + 1));
        json.add("observed", trace(run.distance().head(near), "distance"));
        json.add(
                "predicted",
                run.predicted().isPresent() ? trace(run.predicted().get(), "distance") : JsonNull.INSTANCE);
        json.add("descent", trace(run.gap(), "gap"));
        json.add("predictedLinearRate", growth(run.predictedLinearRate()));
        json.add("observedLinearRate", growth(run.observedLinearRate()));
        json.addProperty(
                "end",
                escape.to().isPresent()
                        ? landscape
                                .atlas()
                                .points()
                                .get(escape.to().getAsInt())
                                .verdict()
                                .name()
                        : "not at a point of the atlas");
        return json;
    }

    /** The factor by which a quantity grows in an iteration. */
    private static JsonElement growth(OptionalDouble rateOfLogarithm) {
        return number(Math.exp(rateOfLogarithm.orElse(Double.NaN)));
    }

    private static JsonObject trace(Trace trace, String name) {
        Trace thin = trace.thin(CURVE_POINTS);
        JsonObject json = new JsonObject();
        JsonArray iterations = new JsonArray();
        for (int iteration : thin.iterations()) {
            iterations.add(iteration);
        }
        json.add("iteration", iterations);
        json.add(name, numbers(thin.values()));
        return json;
    }

    private static JsonElement animation(List<Landscape.Frame> frames) {
        if (frames.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        JsonObject json = new JsonObject();
        json.addProperty("dimension", 3);
        JsonArray array = new JsonArray();
        for (Landscape.Frame frame : frames) {
            JsonObject entry = new JsonObject();
            entry.addProperty("iteration", frame.iteration());
            entry.add("objective", number(frame.objective()));
            entry.add("classifier", rows(frame.classifier()));
            entry.add("classMeans", rows(frame.classMeans()));
            array.add(entry);
        }
        json.add("frames", array);
        return json;
    }

    private static JsonArray rows(Matrix matrix) {
        JsonArray rows = new JsonArray();
        for (int k = 0; k < matrix.rows(); k++) {
            JsonArray row = new JsonArray();
            for (int a = 0; a < matrix.columns(); a++) {
                row.add(number(matrix.get(k, a)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static JsonElement collapse(List<Landscape.CollapseStep> steps) {
        if (steps.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        JsonObject json = new JsonObject();
        String[] keys = {"iteration", "nc1", "nc2", "nc3", "gap"};
        JsonArray[] columns = new JsonArray[keys.length];
        for (int c = 0; c < keys.length; c++) {
            columns[c] = new JsonArray();
            json.add(keys[c], columns[c]);
        }
        for (Landscape.CollapseStep step : steps) {
            columns[0].add(step.iteration());
            columns[1].add(number(step.nc1()));
            columns[2].add(number(step.nc2()));
            columns[3].add(number(step.nc3()));
            columns[4].add(number(step.gap()));
        }
        return json;
    }
}
