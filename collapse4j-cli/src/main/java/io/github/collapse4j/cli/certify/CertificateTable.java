package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.lastlayer.NonnegativeOptimum;
import io.github.collapse4j.lastlayer.Penalties;
import java.util.Optional;

/** The numbers of one certificate. */
record CertificateTable(LastLayerCertificate certificate) {
    Table numbers() {
        boolean positive = certificate.mu() > 0;
        Table table = new Table("  ");
        table.row("loss", number(certificate.loss()), format("accuracy %.2f %%", 100 * certificate.accuracy()));
        table.row("implied μ", number(certificate.implied().mu()), "√(λ_W λ_H) implied by stationarity along W H");
        Penalties penalties = certificate.penalties();
        table.row(
                "λ_W, λ_H",
                number(penalties.lambdaW()) + ", " + number(penalties.lambdaH()),
                penalties.sourceW().words() + ", " + penalties.sourceH().words());
        Optional<NonnegativeOptimum> nonnegative = certificate.certified().flatMap(Certified::nonnegative);
        nonnegative.ifPresent(optimum -> table.row("γ₊(∇g)/μ", number(optimum.gaugeOverMu()), gaugeInWords()));
        table.row(
                "σ_max(∇g)/μ",
                positive ? sigmaOverMu() : "–",
                nonnegative.isPresent()
                        ? "the same without the constraint"
                        : positive ? sigmaInWords() : "undefined without a positive μ");
        table.row(
                "residuals",
                format(
                        "W %s, H %s, b %s",
                        positive ? number(certificate.residualW()) : "–",
                        positive ? number(certificate.residualH()) : "–",
                        number(certificate.residualB())),
                "relative, 0 at a stationary layer");
        table.row(
                "rank of W",
                Integer.toString(certificate.rank()),
                format("effective dimension %.2f", certificate.effectiveDimension()));
        certificate
                .certified()
                .ifPresent(certified -> table.row("objective", number(certified.objective()), "loss plus penalties")
                        .row(
                                Diagnosis.isTight(certified) ? "global minimum" : "lower bound",
                                number(certified.lowerBound().value()),
                                certified.lowerBound().rounding().text() + ": no layer is lower")
                        .row(
                                "certified gap",
                                format("%.4g %%", 100 * certified.relativeGap()),
                                "share of the objective above it"));
        certificate
                .certified()
                .filter(certified -> certified.nonnegative().isPresent())
                .ifPresent(certified -> table.row(
                        "without a ReLU",
                        number(certified.twin().lower().value()),
                        "lower bound for features of any sign"));
        return table;
    }

    /** With many classes, σ_max is estimated from below. */
    private String sigmaOverMu() {
        return (certificate.sigmaIsExact() ? "" : "≥ ") + number(certificate.sigmaOverMu());
    }

    private String gaugeInWords() {
        return certificate.certified().filter(Diagnosis::isReached).isPresent()
                ? "at most 1 at a global minimum with non-negative features"
                : "at most 1 only at a global minimum";
    }

    /**
     * Equality implies optimality at any d; the converse requires as many dimensions as the twin's solution (theory
     * §8).
     */
    private String sigmaInWords() {
        return certificate.certified().filter(Diagnosis::isReached).isPresent()
                ? "at most 1 at a global minimum; above 1, a better layer exists"
                : "1 only at a global minimum, which may exceed 1 in so few dimensions";
    }

    static String excess(Certified certified) {
        Excess excess = certified.excess();
        double total = excess.total();
        Table table = new Table("    ")
                .row("within classes", share(excess.withinClass(), total), "saved by the best class-constant features")
                .row("  spread", share(excess.spread(), total), "samples off their class mean")
                .row(
                        "  placement",
                        share(excess.placement(), total),
                        "class means off their best position for this head")
                .row("between classes", share(excess.betweenClass(), total), "the head itself");
        return System.lineSeparator() + "  Where the excess sits" + System.lineSeparator() + table;
    }

    private static String share(double part, double total) {
        double percent = 100 * part / total;
        return format("%5.1f %%", Math.abs(percent) < 0.05 ? 0.0 : percent);
    }
}
