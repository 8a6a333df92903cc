package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.lastlayer.HeadStatement;
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
        line(text, "Last layer of " + title);
        line(text, "  " + StatementTables.subject(loss, assessment));
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
        text.append(StatementTables.head(head));
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
            line(text, "");
            line(text, "  What ‖H‖² consists of");
            text.append(StatementTables.shares(seen.shares()));
        });
    }

    private void certificate(StringBuilder text, LastLayerCertificate certificate, int d) {
        Diagnosis diagnosis = new Diagnosis(certificate, d, assessment.layer().unitRoundOff());
        // without any optimum, the advice has said so
        if (certificate.certified().isPresent()
                || Advice.judged(assessment).certified().isPresent()) {
            Paragraph.append(text, diagnosis.verdict());
        }
        diagnosis.domain().ifPresent(domain -> Paragraph.append(text, domain));
        diagnosis.reach().ifPresent(reach -> Paragraph.append(text, reach));
        CertificateTable table = new CertificateTable(certificate);
        text.append(table.numbers());
        certificate
                .certified()
                .filter(certified -> certified.excess().isMeaningful(certified.objective()))
                .ifPresent(certified -> text.append(CertificateTable.excess(certified)));
    }
}
