package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.CosineJson;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.cosine.CosineCertificate;
import io.github.collapse4j.cosine.CosineLayerFacts;
import io.github.collapse4j.cosine.CosineProblem;

/** The certificate of a cosine head, as text and as JSON. */
record CosineLayerReport(String title, CosineCertificate certificate) {
    String text() {
        CosineProblem problem = certificate.problem();
        CosineLayerFacts facts = certificate.facts();
        StringBuilder text = new StringBuilder();
        line(text, "Cosine head of " + title);
        line(
                text,
                format(
                        "  %,d samples, %,d classes, d = %,d, cross-entropy, temperature %s, margin %s",
                        problem.counts().samples(),
                        problem.classes(),
                        problem.featureDimension(),
                        Table.number(problem.temperature()),
                        Table.number(problem.margins()[0])));
        line(text, "");
        Paragraph.append(text, Paragraph.sentence(certificate.verdict().explanation()));
        line(text, "");
        text.append(new Table("  ")
                .row("verdict", certificate.verdict().name())
                .row(
                        "loss",
                        Table.number(facts.objective()),
                        format("accuracy %.2f %%, margin not counted", 100 * facts.accuracy()))
                .row("global minimum", Table.number(certificate.optimum()), "of these class counts, in any d ≥ K−1")
                .row("lower bound", Table.number(certificate.bound().value()), "certified: no head is lower")
                .row("certified gap", format("%.4g %%", 100 * certificate.relativeGap()), "share of the loss above it")
                .row(
                        "residuals",
                        "W " + Table.number(facts.residualW()) + ", H " + Table.number(facts.residualH()),
                        "relative, 0 at a stationary head")
                .row(
                        "α, classes",
                        Table.number(certificate.smallestAlpha()) + " to " + Table.number(certificate.largestAlpha()),
                        "multipliers of the unit norms; positive at a global minimum")
                .row(
                        "β, samples",
                        Table.number(facts.smallestBeta()) + " to " + Table.number(facts.largestBeta()),
                        format("not positive for %,d samples", facts.notPositive())));
        return text.toString();
    }

    JsonObject json() {
        CosineLayerFacts facts = certificate.facts();
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        CosineJson.addProblem(json, certificate.problem());
        json.add("accuracy", number(facts.accuracy()));
        json.add("objective", number(facts.objective()));
        json.add("globalMinimum", number(certificate.optimum()));
        json.add("lowerBound", number(certificate.bound().value()));
        json.add("relativeGap", number(certificate.relativeGap()));
        json.add("gaugeOverMu", number(facts.weightedSigma()));
        JsonObject residuals = new JsonObject();
        residuals.add("W", number(facts.residualW()));
        residuals.add("H", number(facts.residualH()));
        json.add("residuals", residuals);
        json.add("alpha", CosineJson.range(certificate.smallestAlpha(), certificate.largestAlpha()));
        json.add("beta", CosineJson.range(facts.smallestBeta(), facts.largestBeta()));
        json.addProperty("notPositiveBetas", facts.notPositive());
        CosineJson.addVerdict(json, certificate.verdict());
        return json;
    }
}
