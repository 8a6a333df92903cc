package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.lastlayer.FeatureShares;
import io.github.collapse4j.lastlayer.HeadStatement;
import io.github.collapse4j.lastlayer.LayerAssessment;

/** The tables of an assessment beside those of its certificates. */
final class StatementTables {
    private StatementTables() {}

    /** What was judged, in one line. */
    static String subject(StatedLoss loss, LayerAssessment assessment) {
        return format(
                "%,d samples, %,d classes, d = %,d, %s, %s",
                assessment.raw().counts().samples(),
                assessment.layer().classes(),
                assessment.layer().classifier().columns(),
                loss.title(),
                assessment.layer().hasBias() ? "with bias" : "without bias");
    }

    static Table head(HeadStatement head) {
        Table table = new Table("  ");
        table.row("loss plus weight decay", number(head.objective()), "strongly convex in W and b");
        table.row(
                "λ_W, λ_b",
                number(head.lambdaW()) + ", " + number(head.lambdaB()),
                head.isLambdaBAssumed()
                        ? "weight decay, assumed to include the bias; a free bias may gain more"
                        : "weight decay of weights and bias");
        head.solved()
                .ifPresent(solved -> table.row(
                        "a better head gains",
                        percent(head.least().orElseThrow()),
                        format("found in %d passes over the samples", solved.passes())));
        table.row("no head gains more", percent(head.most()), "certified");
        table.row("bound at this head", percent(head.gradientBound()), "certified, from its gradient");
        table.row("implied λ_W", number(head.impliedLambdaW()), "that of the training once the weights have converged");
        return table;
    }

    static Table shares(FeatureShares shares) {
        return new Table("    ")
                .row("offset", share(shares.offset()), "one common vector, which the head cannot tell from a bias")
                .row("unseen", share(shares.unseen()), "changes no prediction")
                .row("within", share(shares.spread()), "varies within the classes")
                .row("signal", share(shares.signal()), "distinguishes the class means");
    }

    private static String percent(double share) {
        return format("%.3g %%", 100 * share);
    }

    private static String share(double share) {
        return format("%5.1f %%", 100 * share);
    }
}
