package io.github.collapse4j.cli.train;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.certificate.Assessment;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.train.EpochRecord;
import io.github.collapse4j.djl.train.Outcome;
import io.github.collapse4j.landscape.LowerSaddle;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The demo on one screen. */
record DemoReport(DemoStory story) {
    String text() {
        StringBuilder text = new StringBuilder();
        int classes = story.problem().classes();
        line(
                text,
                "1. Three networks learn to read digits: " + classes + " classes, "
                        + story.problem().counts().samples() + " training images. Their features collapse:");
        text.append(epochs());
        line(text, "");
        line(text, "2. Is the last layer optimal? Proven from the layer alone:");
        text.append(layers());
        line(text, "");
        line(text, "3. What is the optimum?");
        Paragraph.append(text, model());
        line(text, "");
        line(text, "4. Could training have got stuck? A critical point of each lower rank, and the descent from it:");
        text.append(saddles());
        Paragraph.append(
                text,
                "With d ≥ K−1 features every critical point of the model but its global minimum is a strict saddle, so it loses nothing by"
                        + " going from 64 features to 10, nor by fixing the head (docs/theory.md).");
        line(text, "");
        line(text, "5. How many dimensions are enough? It depends on what precedes the last layer:");
        text.append(widths(classes));
        line(text, "");
        line(text, format("That took %.0f s. Next, try your own:", story.seconds()));
        line(text, "  collapse4j certify features.npy labels.npy --weights weights.npy --bias bias.npy");
        line(text, "  collapse4j train --data FOLDER --dims 9,10,64 --heads learned,etf --html train.html");
        return text.toString();
    }

    private Table epochs() {
        List<String> head = new ArrayList<>(List.of("epoch"));
        TreeSet<Integer> shown = new TreeSet<>();
        for (TrainResults.Network network : story.trained().networks()) {
            head.add("NC1 " + network.title());
            int count = network.outcome().epochs().size();
            for (int epoch : new int[] {1, 5, 20, 60, count}) {
                if (epoch <= count && epoch > 0) {
                    shown.add(epoch);
                }
            }
        }
        Table table = new Table("  ").row(head.toArray(String[]::new));
        for (int epoch : shown) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(epoch)));
            for (TrainResults.Network network : story.trained().networks()) {
                List<EpochRecord> epochs = network.outcome().epochs();
                row.add(
                        epoch <= epochs.size()
                                ? TrainReport.brief(
                                        epochs.get(epoch - 1).state().nc1())
                                : "–");
            }
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    private Table layers() {
        Table table = new Table("  ")
                .row(
                        "network",
                        "head trains",
                        "test accuracy",
                        "NC2",
                        "NC3",
                        "σ_max/μ",
                        "objective",
                        "possible gain ≤");
        for (TrainResults.Network network : story.trained().networks()) {
            if (network.outcome() instanceof Outcome.Trained trained) {
                CollapseState state = trained.state();
                table.row(
                        network.title(),
                        trained.costs().headTrained() + " numbers",
                        TrainReport.percent(trained.testAccuracy()),
                        TrainReport.brief(state.nc2()),
                        TrainReport.brief(state.nc3()),
                        TrainReport.brief(state.sigmaOverMu()),
                        trained.judgement()
                                .certified()
                                .map(certified -> number(certified.objective()))
                                .orElse("–"),
                        TrainReport.percent(state.relativeGap()));
            } else if (network.outcome() instanceof Outcome.Diverged diverged) {
                table.row(network.title(), "diverged in epoch " + diverged.epoch());
            }
        }
        return table;
    }

    private String model() {
        return format(
                "The model behind it (free features, same class counts, same penalties λ_W = %s, λ_H = %s) has its"
                        + " global minimum at %.8f, certified to %.0e: rank %d, a simplex ETF. Whatever network"
                        + " precedes it, no last layer with these penalties gets below it.",
                number(story.problem().lambdaW()),
                number(story.problem().lambdaH()),
                story.optimum().objective(),
                Math.max(story.optimum().relativeGap(), 1e-16),
                story.optimum().rank());
    }

    /** Theorems, not measurements of this run (docs/theory.md §1, §13, §14). */
    private static Table widths(int classes) {
        return new Table("  ")
                .row("the features are", "the best layer needs", "training cannot get stuck in a worse one")
                .row("free, as here", "d = K−1 = " + (classes - 1), "from d = K−1 on; with fewer it can")
                .row("on a sphere", "at most d = K−1", "from d = K on; K−1 is not always enough")
                .row(
                        "after a ReLU",
                        "d = K = " + classes,
                        "at any d it can: a class whose features are zero stays there");
    }

    private Table saddles() {
        Table table = new Table("  ")
                .row("rank", "objective", "verdict", "curvature", "ways down ≥", "descent ends at", "steps");
        for (LowerSaddle saddle : story.saddles()) {
            Assessment assessment = saddle.assessment();
            table.row(
                    Integer.toString(assessment.facts().rank()),
                    format("%.8f", assessment.facts().objective()),
                    assessment.verdict().name(),
                    assessment.verdict() instanceof Verdict.StrictSaddle strict
                            ? format("%.1e", strict.mostNegativeCurvature())
                            : "–",
                    assessment.verdict() instanceof Verdict.StrictSaddle strict
                            ? Long.toString(strict.indexLowerBound())
                            : "–",
                    saddle.descent().map(run -> format("%.8f", run.objective())).orElse("–"),
                    saddle.descent().map(run -> Integer.toString(run.steps())).orElse("–"));
        }
        return table;
    }
}
