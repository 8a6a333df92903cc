package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.VerdictData;
import io.github.collapse4j.lastlayer.FeatureShares;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.lastlayer.LayerAssessment;
import io.github.collapse4j.lastlayer.LayerAssessment.Seen;
import io.github.collapse4j.report.VerdictPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** The assessment of a last layer as a page. */
record CertifyPage(String title, StatedLoss loss, LayerAssessment assessment, Advice advice) {
    private static final List<String> COLUMNS = List.of("term", "value", "meaning");

    String html() {
        VerdictData page = new VerdictData(
                "certify",
                "Is this last layer optimal?",
                format("%s. %s.", title, StatementTables.subject(loss, assessment)),
                CertifyJson.name(advice.light(assessment)),
                advice.sentence(),
                advice.reasons());
        excess(page);
        assessment.seen().ifPresent(seen -> {
            shares(page, seen.shares());
            page.geometry(seen.classMeans(), seen.classifier(), names());
        });
        assessment
                .head()
                .ifPresent(
                        head -> page.figures("The head, for these features", "", COLUMNS, StatementTables.head(head)));
        assessment
                .seen()
                .ifPresent(seen ->
                        figures(page, "The layer as the head sees it", seen.certificate(), seen.featureDimension()));
        figures(
                page,
                "The raw layer",
                assessment.raw(),
                assessment.layer().classifier().columns());
        return VerdictPage.html(page.terms(Glossary.terms()).json());
    }

    private void figures(VerdictData page, String name, LastLayerCertificate certificate, int d) {
        String verdict = new Diagnosis(certificate, d, assessment.layer().unitRoundOff()).verdict();
        page.figures(name, verdict, COLUMNS, new CertificateTable(certificate).numbers());
    }

    private void excess(VerdictData page) {
        Map<String, double[]> bars = new LinkedHashMap<>();
        assessment
                .seen()
                .map(Seen::certificate)
                .flatMap(LastLayerCertificate::certified)
                .ifPresent(certified -> bars.put("seen by the head", parts(certified)));
        assessment.raw().certified().ifPresent(certified -> bars.put("raw layer", parts(certified)));
        if (!bars.isEmpty()) {
            page.chart(
                    "What the objective consists of",
                    "Loss plus penalties. Nothing goes below the certified bound; the rest is excess: spread within classes,"
                            + " the position of the class means for this head, and the head itself. Good is a bar that is bound"
                            + " from end to end. Here the bound is " + boundShares(bars) + ".",
                    "share of the objective",
                    List.of("certified bound", "spread", "placement", "between classes"),
                    bars);
        }
    }

    private static String boundShares(Map<String, double[]> bars) {
        StringJoiner shares = new StringJoiner(" and ");
        bars.forEach((name, parts) -> shares.add(format("%.3g %% (%s)", 100 * parts[0], name)));
        return shares.toString();
    }

    private static double[] parts(Certified certified) {
        Excess excess = certified.excess();
        double whole = certified.objective();
        double spread = Math.max(0, excess.spread() / whole);
        double placement = Math.max(0, excess.placement() / whole);
        double between = Math.max(0, excess.betweenClass() / whole);
        return new double[] {Math.max(0, 1 - spread - placement - between), spread, placement, between};
    }

    private static void shares(VerdictData page, FeatureShares shares) {
        page.chart(
                "What the features consist of",
                format(
                        "Shares of the squared norm ‖H‖². The head cannot tell an offset from a bias, and the unseen part"
                                + " changes no prediction. Good is little within classes and little unseen: here %.3g %%"
                                + " and %.3g %%.",
                        100 * shares.spread(), 100 * shares.unseen()),
                "share of ‖H‖²",
                List.of("signal", "within", "offset", "unseen"),
                Map.of("features", new double[] {shares.signal(), shares.spread(), shares.offset(), shares.unseen()}));
    }

    /** The original numbers of the classes. */
    private List<Integer> names() {
        Set<Integer> absent = Set.copyOf(assessment.classes().absent());
        return IntStream.range(0, assessment.layer().classes() + absent.size())
                .filter(label -> !absent.contains(label))
                .boxed()
                .toList();
    }
}
