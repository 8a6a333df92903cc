package io.github.collapse4j.cli.train;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.network.LastFeatures;
import io.github.collapse4j.djl.train.Costs;
import io.github.collapse4j.djl.train.Outcome;
import io.github.collapse4j.djl.train.Recipe;
import io.github.collapse4j.djl.train.Regularization;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;

/** The results of {@code train} as text. */
record TrainReport(TrainResults results, Optional<Path> folder) {
    private static final double MEGA = 1 << 20;

    String text() {
        StringBuilder text = new StringBuilder();
        Recipe recipe = results.networks().get(0).outcome().recipe();
        line(text, description(results, recipe));
        line(text, "");
        text.append(quality());
        if (results.networks().stream().anyMatch(network -> network.outcome() instanceof Outcome.Trained)) {
            line(text, "");
            text.append(costs());
        }
        for (TrainResults.Network network : results.networks()) {
            if (network.outcome() instanceof Outcome.Diverged diverged) {
                line(text, "");
                Paragraph.append(
                        text,
                        format(
                                "%s: stopped in epoch %d, where %s: %s.",
                                network.title(),
                                diverged.epoch(),
                                Double.isFinite(diverged.loss())
                                        ? "the loss was " + number(diverged.loss())
                                        : "numbers were no longer finite",
                                diverged.advice()));
            }
        }
        for (TrainResults.Network network : results.networks()) {
            if (network.outcome() instanceof Outcome.Trained trained
                    && !trained.extendedAfter().isEmpty()) {
                line(text, "");
                Paragraph.append(text, TrainProgress.extension(network.title(), trained.extendedAfter()) + ".");
            }
        }
        for (TrainResults.Network network : results.networks()) {
            int epochs = network.outcome().epochs().size();
            if (network.outcome() instanceof Outcome.Trained && epochs < recipe.epochs()) {
                line(text, "");
                Paragraph.append(
                        text,
                        format(
                                "%s: ended after epoch %d of %d, whose certified gap on the probed images was %s.",
                                network.title(),
                                epochs,
                                recipe.epochs(),
                                percent(network.outcome()
                                        .epochs()
                                        .get(epochs - 1)
                                        .state()
                                        .relativeGap())));
            }
        }
        if (recipe.features() instanceof LastFeatures.Rectified) {
            line(text, "");
            Paragraph.append(text, rectified());
        }
        folder.ifPresent(written -> appendCommand(text, written));
        return text.toString();
    }

    /** The command that gives the first network's row again from its files. */
    private void appendCommand(StringBuilder text, Path written) {
        for (TrainResults.Network network : results.networks()) {
            if (network.outcome() instanceof Outcome.Trained trained) {
                Path files = written.resolve(network.name());
                line(text, "");
                line(text, "  Written to " + written + "; to certify the first network again:");
                line(text, "  collapse4j certify " + files + ofCosine(trained.recipe()));
                return;
            }
        }
    }

    private static String ofCosine(Recipe recipe) {
        return recipe.features() instanceof LastFeatures.Normalised unit
                ? " --features unit --temperature " + unit.temperature()
                : "";
    }

    /** What the ReLU costs, by network. */
    private String rectified() {
        StringJoiner networks = new StringJoiner("; ");
        for (TrainResults.Network network : results.networks()) {
            if (network.outcome() instanceof Outcome.Trained trained) {
                trained.judgement()
                        .certified()
                        .ifPresent(certified -> certified
                                .nonnegative()
                                .ifPresent(optimum -> networks.add(format(
                                        "%s: %d dead classes, γ₊/μ %s, %s above what free features attain",
                                        network.title(),
                                        optimum.deadClasses().length,
                                        brief(optimum.gaugeOverMu()),
                                        percent(Math.max(
                                                0, certified.twin().lower().relativeGap(certified.objective())))))));
            }
        }
        return "A ReLU precedes the head: the gap is that to the best layer with non-negative features. " + networks
                + ".";
    }

    static String description(TrainResults results, Recipe recipe) {
        String penalties = recipe.regularization() instanceof Regularization.Explicit explicit
                ? "λ_W = " + number(explicit.lambdaW()) + ", λ_H = " + number(explicit.lambdaH())
                : "weight decay " + number(((Regularization.WeightDecay) recipe.regularization()).lambda());
        return format(
                "%s on %s: K = %d, %,d training images, %,d test images%n%s%s, %s, %d epochs",
                recipe.body().title(),
                results.images().name(),
                results.images().classes(),
                results.images().train().count(),
                results.images().test().count(),
                results.loss().title(),
                (recipe.bias() ? "" : " without bias")
                        + switch (recipe.features().domain()) {
                            case FREE -> "";
                            case NONNEGATIVE -> ", ReLU before the head";
                            case UNIT ->
                                ", cosine head of temperature "
                                        + number(((LastFeatures.Normalised) recipe.features()).temperature());
                        },
                penalties,
                recipe.epochs());
    }

    private Table quality() {
        Table table = new Table("  ")
                .row("head", "train", "test", "NC1", "NC2", "NC3", "NC4", "σ_max/μ", "gap ≤", "last layer");
        for (TrainResults.Network network : results.networks()) {
            if (network.outcome() instanceof Outcome.Trained trained) {
                CollapseState state = trained.state();
                table.row(
                        network.title(),
                        percent(state.accuracy()),
                        percent(trained.testAccuracy()),
                        brief(state.nc1()),
                        brief(state.nc2()),
                        brief(state.nc3()),
                        percent(state.nc4()),
                        brief(state.sigmaOverMu()),
                        percent(state.relativeGap()),
                        trained.judgement().verdict());
            } else {
                table.row(network.title(), "diverged");
            }
        }
        return table;
    }

    private Table costs() {
        Table table = new Table("  ")
                .row(
                        "head",
                        "parameters",
                        "trained",
                        "of the head",
                        "optimiser state",
                        "peak memory",
                        "a step",
                        "in all");
        for (TrainResults.Network network : results.networks()) {
            if (network.outcome() instanceof Outcome.Trained trained) {
                Costs costs = trained.costs();
                table.row(
                        network.title(),
                        format("%,d", costs.parameters()),
                        format("%,d", costs.trained()),
                        format("%,d", costs.headTrained()),
                        format("%.2f MiB", 4 * costs.optimizerState() / MEGA),
                        costs.peakBytes().isPresent()
                                ? format("%.0f MiB", costs.peakBytes().getAsLong() / MEGA)
                                : "–",
                        Double.isNaN(costs.millisPerStep()) ? "–" : format("%.2f ms", costs.millisPerStep()),
                        format("%.1f s", costs.seconds()));
            }
        }
        return table;
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "–" : format("%.2f %%", 100 * share);
    }

    static String brief(double value) {
        return Double.isNaN(value) ? "–" : format("%.3g", value);
    }
}
