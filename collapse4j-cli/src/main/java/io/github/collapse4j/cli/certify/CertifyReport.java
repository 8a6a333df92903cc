package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.lastlayer.FeatureShares;
import io.github.collapse4j.lastlayer.HeadStatement;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LayerAssessment;
import io.github.collapse4j.lastlayer.LayerAssessment.Seen;
import java.util.List;
import java.util.stream.Collectors;

/** The assessment of a last layer for people: one sentence, why, then the numbers of each statement. */
record CertifyReport(String title, StatedLoss loss, LayerAssessment assessment, Advice advice) {
    /** Maximum number of absent classes that are listed. */
    private static final int MAX_LISTED = 10;

    String text() {
        StringBuilder text = new StringBuilder();
        LastLayer layer = assessment.layer();
        line(text, "Last layer of " + title);
        line(
                text,
                format(
                        "  %,d samples, %,d classes, d = %,d, %s, %s",
                        assessment.raw().counts().samples(),
                        layer.classes(),
                        layer.classifier().columns(),
                        loss.title(),
                        layer.hasBias() ? "with bias" : "without bias"));
        absent(text);
        line(text, "");
        Paragraph.append(text, advice.sentence());
        advice.reasons().forEach(reason -> Paragraph.append(text, "– " + reason));
        assessment.head().ifPresent(head -> head(text, head));
        assessment.seen().ifPresent(seen -> seen(text, seen));
        raw(text);
        return text.toString();
    }

    private void absent(StringBuilder text) {
        List<Integer> absent = assessment.classes().absent();
        if (!absent.isEmpty()) {
            String listed =
                    absent.stream().limit(MAX_LISTED).map(String::valueOf).collect(Collectors.joining(", "));
            Paragraph.append(
                    text,
                    format(
                            "no samples, left out of the model: %s %s%s (%,d of %,d)",
                            absent.size() == 1 ? "class" : "classes",
                            listed,
                            absent.size() > MAX_LISTED ? ", …" : "",
                            absent.size(),
                            absent.size() + assessment.layer().classes()));
        }
    }

    private void head(StringBuilder text, HeadStatement head) {
        line(text, "");
        line(text, "The head, for these features");
        Table table = new Table("  ");
        table.row("loss plus weight decay", number(head.objective()), "strongly convex in W and b");
        table.row("λ_W, λ_b", number(head.lambdaW()), number(head.lambdaB()));
        head.solved()
                .ifPresent(solved -> table.row(
                        "a better head gains",
                        percent(solved.gain()),
                        format("found in %d passes over the samples", solved.passes())));
        table.row("no head gains more", percent(head.most()), "certified");
        table.row("bound at this head", percent(head.gradientBound()), "certified, from its gradient");
        table.row("implied λ_W", number(head.impliedLambdaW()), "that of the training once the weights have converged");
        text.append(table);
    }

    private void seen(StringBuilder text, Seen seen) {
        line(text, "");
        line(
                text,
                format(
                        "The layer as the head sees it: %,d of %,d dimensions%s",
                        seen.featureDimension(),
                        assessment.layer().classifier().columns(),
                        seen.isCentred() ? ", common offset in the bias" : ""));
        certificate(text, seen.certificate(), seen.featureDimension());
    }

    private void raw(StringBuilder text) {
        line(text, "");
        line(text, "The raw layer");
        certificate(text, assessment.raw(), assessment.layer().classifier().columns());
        assessment.seen().ifPresent(seen -> {
            FeatureShares shares = seen.shares();
            line(text, "");
            line(text, "  What ‖H‖² consists of");
            text.append(new Table("    ")
                    .row("offset", share(shares.offset()), "one common vector, which the head cannot tell from a bias")
                    .row("unseen", share(shares.unseen()), "changes no prediction")
                    .row("within", share(shares.spread()), "varies within the classes")
                    .row("signal", share(shares.signal()), "distinguishes the class means"));
        });
    }

    private void certificate(StringBuilder text, LastLayerCertificate certificate, int d) {
        Diagnosis diagnosis =
                new Diagnosis(certificate, d, assessment.layer().unitRoundOff());
        Paragraph.append(text, diagnosis.verdict());
        diagnosis.reach().ifPresent(reach -> Paragraph.append(text, reach));
        CertificateTable table = new CertificateTable(certificate);
        text.append(table.numbers());
        certificate
                .certified()
                .filter(certified -> certified.excess().isMeaningful(certified.objective()))
                .ifPresent(certified -> text.append(CertificateTable.excess(certified)));
    }

    private static String percent(double share) {
        return format("%.3g %%", 100 * share);
    }

    private static String share(double share) {
        return format("%5.1f %%", 100 * share);
    }
}
