package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.option.LongTail;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.ProgressLine;
import io.github.collapse4j.djl.CollapseLog;
import io.github.collapse4j.djl.data.BundledDigits;
import io.github.collapse4j.djl.network.Bodies;
import io.github.collapse4j.djl.network.LastFeatures;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.djl.optim.LearningRate;
import io.github.collapse4j.djl.train.EpochRecord;
import io.github.collapse4j.djl.train.Outcome;
import io.github.collapse4j.djl.train.Recipe;
import io.github.collapse4j.djl.train.Regularization;
import io.github.collapse4j.djl.train.Resumption;
import io.github.collapse4j.djl.train.TrainingObserver;
import io.github.collapse4j.djl.train.TrainingRun;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.image.ImageFolder;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.FeatureDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The networks of {@code train}: every feature dimension with every head and every seed. */
final class TrainGrid {
    private static final long SPLIT_SEED = 1;

    private final ImageSplits images;
    private final StatedLoss loss;
    private final List<Recipe> recipes;

    private TrainGrid(ImageSplits images, StatedLoss loss, List<Recipe> recipes) {
        this.images = images;
        this.loss = loss;
        this.recipes = recipes;
    }

    /** Reads the images and lists the networks; rejects impossible ones. */
    static TrainGrid read(
            String data,
            @Nullable LongTail longTail,
            List<Integer> dimensions,
            List<TrainCommand.Head> heads,
            List<Long> seeds,
            RecipeOptions options)
            throws IOException {
        ImageSplits all = data.equals("digits")
                ? BundledDigits.balanced(SPLIT_SEED)
                : ImageFolder.read(FileName.path(data), SPLIT_SEED);
        ImageSplits kept = longTail == null ? all : longTailed(all, longTail);
        ImageSplits images = new ImageSplits(kept.name(), options.withTargets(kept.train()), kept.test());
        int classes = images.classes();
        List<Integer> widths = dimensions.isEmpty() ? List.of(classes, Math.max(64, 2 * classes)) : dimensions;
        StatedLoss loss = options.statedLoss(images.train());
        Recipe base = recipe(options, images.train().count()).withLoss(loss.statement());
        List<Recipe> recipes = new ArrayList<>();
        int most = Matrix.MAX_ENTRIES
                / Math.max(images.train().count(), images.test().count());
        for (int d : widths) {
            if (d > most) {
                throw new InputException("--dims " + d + ": expected at most " + most + " for "
                        + images.train().count() + " images");
            }
            for (TrainCommand.Head head : heads) {
                if (head == TrainCommand.Head.etf && d < classes - 1) {
                    throw new InputException("--dims " + d + ": expected at least K − 1 = " + (classes - 1)
                            + " for a fixed simplex ETF (or --heads learned)");
                }
                for (long seed : seeds) {
                    HeadKind kind = head == TrainCommand.Head.etf ? HeadKind.etf : HeadKind.learned;
                    boolean bias = !options.noBias && base.features().domain() != FeatureDomain.UNIT;
                    Recipe recipe = base.withHead(d, kind, bias).withSeed(seed);
                    TrainingRun.check(recipe, images);
                    recipes.add(recipe);
                }
            }
        }
        return new TrainGrid(images, loss, recipes);
    }

    /** Keeps the first training images of each class. */
    private static ImageSplits longTailed(ImageSplits images, LongTail tail) throws InputException {
        int[] labels = images.train().labels();
        long[] available = ClassCounts.ofLabels(labels, images.classes()).toArray();
        long[] left = tail.counts(images.classes());
        for (int k = 0; k < left.length; k++) {
            if (left[k] < 1 || left[k] > available[k]) {
                throw new InputException("--long-tail: expected 1 to " + available[k] + " training images of class " + k
                        + ", found " + left[k]);
            }
        }
        int[] kept = IntStream.range(0, labels.length)
                .filter(i -> left[labels[i]]-- > 0)
                .toArray();
        return new ImageSplits(
                images.name() + ", long-tailed " + tail.first() + ":" + tail.last(),
                images.train().select(kept),
                images.test());
    }

    private static Recipe recipe(RecipeOptions options, long samples) {
        double lambdaW = Objects.requireNonNullElse(options.lambdaW, 5e-3);
        LastFeatures features = switch (options.features.domain(FeatureDomain.values())) {
            case FREE -> new LastFeatures.Free();
            case NONNEGATIVE -> new LastFeatures.Rectified();
            case UNIT -> new LastFeatures.Normalised(options.features.temperature());
        };
        boolean isUnit = features instanceof LastFeatures.Normalised;
        Regularization regularization = options.weightDecay != null || isUnit
                ? new Regularization.WeightDecay(Objects.requireNonNullElse(options.weightDecay, 0.0))
                : new Regularization.Explicit(
                        lambdaW,
                        Objects.requireNonNullElse(options.lambdaH, lambdaW / samples),
                        Objects.requireNonNullElse(options.lambdaB, 0.0),
                        0);
        boolean adam = options.steps == RecipeOptions.Steps.adam;
        double usual = adam
                ? 0.001
                : isUnit ? 0.1 / options.features.temperature() : options.loss == LossName.mse ? 0.02 : 0.1;
        double rate = Objects.requireNonNullElse(options.rate, usual);
        LearningRate schedule = switch (options.schedule) {
            case cosine -> new LearningRate.Cosine(rate);
            case step -> new LearningRate.Steps(rate);
            case constant -> new LearningRate.Constant(rate);
        };
        Bodies body = switch (options.model) {
            case mlp -> Bodies.mlp;
            case cnn -> Bodies.cnn;
            case resnet18 -> Bodies.resnet18;
        };
        return Recipe.defaults(samples)
                .withBody(body)
                .withRegularization(regularization)
                .withFeatures(features)
                .withSteps(adam ? new Recipe.Steps.Adam() : new Recipe.Steps.Sgd(0.9), schedule)
                .withEpochs(options.epochs, options.batch);
    }

    /**
     * Trains all networks, one after another.
     *
     * @param folder destination of their files, or null
     */
    TrainResults run(@Nullable Path folder, MonitoringOptions monitoring) throws IOException {
        if (folder != null) {
            for (Recipe recipe : recipes) {
                TrainingRun.check(recipe, images, checkpoint(folder.resolve(name(recipe))));
            }
        }
        PyTorch.start(recipes.get(0).body() == Bodies.mlp);
        ProgressLine.atInterruption(
                folder == null
                        ? "Interrupted. With --out DIR the same command would go on from here."
                        : "Interrupted. Complete epochs are kept in " + folder
                                + ": the same command goes on after them.");
        List<TrainResults.Network> networks = new ArrayList<>();
        Optional<String> unlogged = Optional.empty();
        try (TrainProgress progress =
                new TrainProgress(recipes.size(), recipes.get(0).epochs())) {
            for (Recipe recipe : recipes) {
                String name = name(recipe);
                progress.begin(title(recipe));
                Optional<Path> files =
                        folder == null ? Optional.empty() : Optional.of(Files.createDirectories(folder.resolve(name)));
                TrainingObserver observer = monitoring
                        .eventFolder(name)
                        .map(events -> TrainingObserver.both(new EventFileObserver(events), progress))
                        .orElse(progress);
                Optional<MlflowObserver> mlflow = Optional.empty();
                if (monitoring.mlflow().isPresent()) {
                    mlflow = Optional.of(MlflowObserver.open(
                            monitoring.mlflow().get(), name, TrainJson.parameters(images, loss, recipe), files));
                    observer = TrainingObserver.both(mlflow.get(), observer);
                }
                Outcome outcome = files.isEmpty()
                        ? new TrainingRun(recipe, images, observer, Optional.empty(), monitoring.stopGap()).run()
                        : runInto(files.get(), recipe, observer, monitoring.stopGap());
                Optional<String> failure = mlflow.flatMap(run -> run.finish(outcome));
                unlogged = failure.isPresent() ? failure : unlogged;
                networks.add(new TrainResults.Network(name, title(recipe), outcome));
            }
        }
        return new TrainResults(images, loss, networks, unlogged);
    }

    private static Path checkpoint(Path folder) {
        return folder.resolve("checkpoint.bin");
    }

    private Outcome runInto(Path folder, Recipe recipe, TrainingObserver progress, OptionalDouble stopGap)
            throws IOException {
        TrainingObserver observer = TrainingObserver.both(logging(folder.resolve("epochs.jsonl")), progress);
        Optional<Path> checkpoint = Optional.of(checkpoint(folder));
        Outcome outcome = new TrainingRun(recipe, images, observer, checkpoint, stopGap).run();
        if (outcome instanceof Outcome.Trained trained) {
            new TrainedFiles(folder).write(trained);
        }
        return outcome;
    }

    /** Writes every epoch as soon as it is finished. */
    private static TrainingObserver logging(Path file) {
        CollapseLog log = new CollapseLog(file);
        return new TrainingObserver() {
            @Override
            public void onResume(Resumption from) {
                log.resume(from.done().stream().map(EpochRecord::state).toList());
            }

            @Override
            public void onEpoch(EpochRecord epoch) {
                log.accept(epoch.state());
            }
        };
    }

    private String name(Recipe recipe) {
        boolean isFree = recipe.features() instanceof LastFeatures.Free;
        return (isFree ? "" : recipe.features().domain() + "-") + recipe.head() + "-d" + recipe.featureDimension()
                + "-s" + recipe.seed();
    }

    private String title(Recipe recipe) {
        boolean manySeeds = recipes.stream().mapToLong(Recipe::seed).distinct().count() > 1;
        return (recipe.head() == HeadKind.etf ? "fixed ETF" : "learned") + ", d = " + recipe.featureDimension()
                + (manySeeds ? ", seed " + recipe.seed() : "");
    }
}
