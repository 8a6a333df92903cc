package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.lastlayer.Penalties;
import io.github.collapse4j.lastlayer.TargetLayerCertificate;
import io.github.collapse4j.lastlayer.TargetLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.TargetSummary;
import io.github.collapse4j.model.Bias;

/** The certificate of a layer with a target for each sample, as text and as JSON. */
record TargetLayerReport(String title, StatedLoss loss, TargetLayerCertificate certificate) {
    String text() {
        TargetSummary summary = certificate.summary();
        StringBuilder text = new StringBuilder();
        line(text, "Last layer of " + title);
        line(
                text,
                format(
                        "  %,d samples with %s, K = %,d, d = %,d, %s",
                        summary.samples(),
                        summary.groups()
                                .map(groups -> groups.counts().classes() == 1
                                        ? "the same target"
                                        : format(
                                                "%,d distinct targets",
                                                groups.counts().classes()))
                                .orElse(format("more than %,d distinct targets", TargetSummary.MOST_GROUPS)),
                        summary.mean().rows(),
                        certificate.featureDimension(),
                        loss.title()));
        line(text, "");
        Paragraph.append(text, Paragraph.sentence(certificate.verdict().explanation()));
        if (certificate.certification() instanceof Certified certified) {
            Paragraph.append(text, boundOf(certified));
        }
        line(text, "");
        text.append(table());
        return text.toString();
    }

    private static String boundOf(Certified certified) {
        return (certified.optimum().isPresent()
                        ? "The excess is against the certified optimum of the model with these targets, in any feature"
                                + " dimension."
                        : "The targets are too many to solve the model: the bound is from the layer's own residuals, so the"
                                + " gap is an upper limit of the layer's excess, and small only near an optimum.")
                + (certified.bias() instanceof Bias.Free
                        ? " The bias is free: the bound is for the best bias, found first."
                        : "")
                + " Features may have any sign; after a ReLU, the bound holds too, but need not be attained.";
    }

    private Table table() {
        Penalties penalties = certificate.penalties();
        Table table = new Table("  ")
                .row("verdict", certificate.verdict().name())
                .row(
                        "loss",
                        Table.number(certificate.loss()),
                        format("accuracy %.2f %%, against the largest target", 100 * certificate.accuracy()))
                .row(
                        "λ_W",
                        Table.number(penalties.lambdaW()),
                        penalties.sourceW().words())
                .row(
                        "λ_H",
                        Table.number(penalties.lambdaH()),
                        penalties.sourceH().words());
        if (!(certificate.certification() instanceof Certified certified)) {
            return table;
        }
        Residuals residuals = certified.residuals();
        table.row("objective", Table.number(certified.objective()), "with penalties");
        certified
                .optimum()
                .ifPresent(value -> table.row("global minimum", Table.number(value), "attained in some dimension"));
        return table.row(
                        "lower bound",
                        Table.number(certified.bound().value()),
                        "certified, to first order in round-off: no layer is lower")
                .row(
                        "certified gap",
                        format("%.4g %%", 100 * certified.relativeGap()),
                        "share of the objective above it")
                .row("σ_max/μ", Table.number(certified.gaugeOverMu()), "at most 1 at a global minimum")
                .row(
                        "residuals",
                        "W " + Table.number(residuals.classifier()) + ", H " + Table.number(residuals.features())
                                + ", b " + Table.number(residuals.bias()),
                        "relative, 0 at a stationary layer");
    }

    JsonObject json() {
        TargetSummary summary = certificate.summary();
        Penalties penalties = certificate.penalties();
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        loss.addTo(json);
        json.addProperty("samples", summary.samples());
        json.addProperty("classes", summary.mean().rows());
        json.addProperty("featureDimension", certificate.featureDimension());
        json.add(
                "distinctTargets",
                summary.groups()
                        .<JsonElement>map(
                                groups -> new JsonPrimitive(groups.counts().classes()))
                        .orElse(JsonNull.INSTANCE));
        json.add("dataLoss", number(certificate.loss()));
        json.add("accuracy", number(certificate.accuracy()));
        json.add("impliedMu", number(certificate.implied().mu()));
        json.add("lambdaW", number(penalties.lambdaW()));
        json.add("lambdaH", number(penalties.lambdaH()));
        if (certificate.certification() instanceof Certified certified) {
            Residuals residuals = certified.residuals();
            boolean hasBias = certified.bias().isPresent();
            json.add("lambdaB", hasBias ? number(certified.bias().lambda()) : JsonNull.INSTANCE);
            json.add("objective", number(certified.objective()));
            json.add("globalMinimum", number(certified.optimum()));
            json.add("lowerBound", number(certified.bound().value()));
            json.add("relativeGap", number(certified.relativeGap()));
            json.add("gaugeOverMu", number(certified.gaugeOverMu()));
            json.add("residuals", JsonOption.residuals(residuals.classifier(), residuals.features(), residuals.bias()));
        }
        json.addProperty("verdict", certificate.verdict().name());
        json.addProperty("explanation", certificate.verdict().explanation());
        return json;
    }
}
