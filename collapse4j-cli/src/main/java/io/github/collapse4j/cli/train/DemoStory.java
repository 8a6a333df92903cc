package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.djl.data.BundledDigits;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.djl.optim.LearningRate;
import io.github.collapse4j.djl.train.Recipe;
import io.github.collapse4j.djl.train.Regularization;
import io.github.collapse4j.djl.train.TrainingObserver;
import io.github.collapse4j.djl.train.TrainingRun;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.landscape.LowerSaddle;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The results of the demo: three networks trained on the digits, the model they share, and its saddles.
 *
 * @param trained the digits and the networks
 * @param problem the model with the class counts and penalties of training, d = K
 * @param optimum its certified global minimum
 * @param saddles a critical point of each rank below the optimum's
 * @param frames features of three classes during one training
 * @param seconds total time
 */
record DemoStory(
        TrainResults trained,
        UfmProblem problem,
        Solution optimum,
        List<LowerSaddle> saddles,
        List<CollapseFrames.Frame> frames,
        double seconds) {
    private static final int WIDE = 64;
    private static final double LAMBDA = 1e-2;
    private static final double RATE = 0.2;
    private static final long SPLIT_SEED = 1;

    /** Runs the whole demo. */
    static DemoStory play(long seed, int epochs) throws IOException {
        long begin = System.nanoTime();
        PyTorch.start(true);
        ImageSplits digits = BundledDigits.balanced(SPLIT_SEED);
        int classes = digits.classes();
        long samples = digits.train().count();
        Recipe recipe = Recipe.defaults(samples)
                .withRegularization(new Regularization.Explicit(LAMBDA, LAMBDA / samples, 0, 0))
                .withSteps(new Recipe.Steps.Sgd(0.9), new LearningRate.Cosine(RATE))
                .withEpochs(epochs, 128)
                .withSeed(seed);
        CollapseFrames frames = new CollapseFrames(epochs);
        List<TrainResults.Network> networks = new ArrayList<>();
        try (TrainProgress progress = new TrainProgress(3, epochs)) {
            networks.add(train(
                    "wide",
                    "wide, d = " + WIDE + ", learned",
                    recipe.withHead(WIDE, HeadKind.learned, false),
                    digits,
                    progress,
                    TrainingObserver.SILENT));
            networks.add(train(
                    "learned",
                    "d = K = 10, learned",
                    recipe.withHead(classes, HeadKind.learned, false),
                    digits,
                    progress,
                    TrainingObserver.SILENT));
            networks.add(train(
                    "etf",
                    "d = K = 10, fixed ETF",
                    recipe.withHead(classes, HeadKind.etf, false),
                    digits,
                    progress,
                    frames));
        }
        UfmProblem problem = new UfmProblem(
                new CrossEntropy(),
                ClassCounts.ofLabels(digits.train().labels(), classes),
                classes,
                LAMBDA,
                LAMBDA / samples,
                new Bias.None());
        Solution optimum = new GlobalSolver(SolveOptions.defaults()).solve(problem);
        return new DemoStory(
                new TrainResults(digits, StatedLoss.plain(LossName.ce), networks, Optional.empty()),
                problem,
                optimum,
                LowerSaddle.below(optimum),
                frames.frames(),
                (System.nanoTime() - begin) / 1e9);
    }

    private static TrainResults.Network train(
            String name, String title, Recipe recipe, ImageSplits digits, TrainProgress progress, TrainingObserver more)
            throws IOException {
        progress.begin(title);
        TrainingObserver both = TrainingObserver.both(progress, more);
        return new TrainResults.Network(name, title, new TrainingRun(recipe, digits, both, Optional.empty()).run());
    }
}
