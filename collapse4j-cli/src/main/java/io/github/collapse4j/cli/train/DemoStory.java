package io.github.collapse4j.cli.train;

import io.github.collapse4j.certificate.Assessment;
import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.djl.data.BundledDigits;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.djl.optim.LearningRate;
import io.github.collapse4j.djl.train.Recipe;
import io.github.collapse4j.djl.train.Regularization;
import io.github.collapse4j.djl.train.TrainingObserver;
import io.github.collapse4j.djl.train.TrainingRun;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the demo does: three networks on the digits, the model they share, and its saddles.
 *
 * @param trained the digits and the networks
 * @param problem the model with the class counts and penalties of training, d = K
 * @param optimum its certified global minimum
 * @param saddles a critical point of each rank below the optimum's
 * @param frames features of three classes in the course of one training
 * @param seconds all of it
 */
record DemoStory(
        TrainResults trained,
        UfmProblem problem,
        Solution optimum,
        List<Saddle> saddles,
        List<CollapseFrames.Frame> frames,
        double seconds) {
    private static final int WIDE = 64;
    private static final double LAMBDA = 1e-2;
    private static final double RATE = 0.2;
    private static final long SPLIT_SEED = 1;
    private static final int STARTS = 4;

    /**
     * A critical point that is not the minimum, and the way down from it.
     *
     * @param assessment its verdict with evidence
     * @param descent from beside it, along the verdict's direction; empty where there is none
     */
    record Saddle(Assessment assessment, Optional<Descent> descent) {}

    /** Plays it all. */
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
        try (TrainProgress progress = new TrainProgress(3)) {
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
                new TrainResults(digits, networks),
                problem,
                optimum,
                saddles(problem, optimum),
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

    /** The lowest critical point of each rank found: a minimum at d' = rank, padded with zeros to d (§7 of the theory). */
    private static List<Saddle> saddles(UfmProblem problem, Solution optimum) {
        UfmModel model = UfmModel.reduced(problem);
        Assessor assessor = new Assessor(Assessor.Options.defaults().withSearchStarts(0));
        List<Saddle> saddles = new ArrayList<>();
        for (int rank = 0; rank < optimum.rank(); rank++) {
            UfmPoint point = rank == 0 ? origin(problem) : narrowMinimum(problem, rank);
            Assessment assessment = assessor.assess(model, point);
            saddles.add(new Saddle(
                    assessment,
                    assessment.verdict() instanceof Verdict.StrictSaddle strict
                            ? Optional.of(Descent.from(model, point, strict.direction(), optimum.objective()))
                            : Optional.empty()));
        }
        return saddles;
    }

    private static UfmPoint narrowMinimum(UfmProblem problem, int rank) {
        UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(rank));
        return new MultiStart(0).best(narrow, STARTS).point().padTo(problem.featureDimension());
    }

    private static UfmPoint origin(UfmProblem problem) {
        int d = problem.featureDimension();
        int classes = problem.classes();
        return new UfmPoint(Matrix.zeros(classes, d), Matrix.zeros(d, classes), new double[classes]);
    }
}
