package io.github.collapse4j.djl.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.translate.TranslateException;
import ai.djl.util.Pair;
import io.github.collapse4j.djl.CollapseMeter;
import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.NeuralCollapseListener;
import io.github.collapse4j.djl.ProbedLayer;
import io.github.collapse4j.djl.UfmLoss;
import io.github.collapse4j.djl.data.ImageBatches;
import io.github.collapse4j.djl.network.LastFeatures;
import io.github.collapse4j.djl.network.Networks;
import io.github.collapse4j.djl.optim.PenalizedOptimizer;
import io.github.collapse4j.djl.optim.PenalizedOptimizer.SavedArray;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Runs a recipe on this machine's CPUs: trains, measures the last layer after every epoch, and optionally keeps a
 * checkpoint. Repeated or resumed runs give the same numbers, provided that the engine sums in the same order.
 */
public final class TrainingRun {
    private final Recipe recipe;
    private final ImageSplits images;
    private final ProbeSets probes;
    private final TrainingObserver observer;
    private final Optional<Path> checkpoint;
    private final OptionalDouble stopGap;

    /**
     * @param checkpoint file written after every epoch, and resumed from if it exists; a training may also go on with
     *     more epochs than it had
     */
    public TrainingRun(Recipe recipe, ImageSplits images, TrainingObserver observer, Optional<Path> checkpoint) {
        this(recipe, images, observer, checkpoint, OptionalDouble.empty());
    }

    /**
     * @param checkpoint file written after every epoch, and resumed from if it exists
     * @param stopGap the certified gap at which the training ends before its last epoch; not part of its identity, so a
     *     training may be continued with another one
     */
    public TrainingRun(
            Recipe recipe,
            ImageSplits images,
            TrainingObserver observer,
            Optional<Path> checkpoint,
            OptionalDouble stopGap) {
        this.recipe = recipe;
        this.images = images;
        this.probes = ProbeSets.of(images, recipe.featureDimension());
        this.observer = observer;
        this.checkpoint = checkpoint;
        this.stopGap = stopGap;
    }

    /**
     * Checks a recipe before any training.
     *
     * @throws InputException if the recipe does not suit the images
     */
    public static void check(Recipe recipe, ImageSplits images) throws InputException {
        FixedHeadNorm.of(recipe, images);
    }

    /**
     * Checks before any training of a series that a checkpoint, if there is one, can be continued.
     *
     * @throws IOException if it cannot be read, or belongs to another training
     */
    public static void check(Recipe recipe, ImageSplits images, Path checkpoint) throws IOException {
        if (Files.exists(checkpoint)) {
            Checkpoint.read(checkpoint, TrainingIdentity.of(recipe, images));
        }
    }

    /**
     * Trains.
     *
     * @throws IOException if a checkpoint cannot be read or written, or belongs to another training
     * @throws InputException if the recipe does not suit the images
     */
    public Outcome run() throws IOException {
        long begin = System.nanoTime();
        PeakMemory.reset();
        FeatureTap network = network();
        PenalizedOptimizer optimizer =
                recipe.steps().optimizer(recipe.regularization().penalties(network));
        NeuralCollapseListener listener =
                new NeuralCollapseListener(probes.train(), meterOptions()).showLayersTo(observer::onLayer);
        DefaultTrainingConfig config = new DefaultTrainingConfig(
                        recipe.regularization().loss(dataLoss(), images.train().count()))
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()})
                .addTrainingListeners(listener);
        try (Model model = Model.newInstance("collapse4j", Device.cpu(), "PyTorch")) {
            model.setBlock(network);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(
                        1,
                        images.train().channels(),
                        images.train().height(),
                        images.train().width()));
                return train(trainer, network, optimizer, listener, begin);
            }
        } catch (TranslateException e) {
            throw new IllegalStateException(e);
        } finally {
            optimizer.close();
        }
    }

    private Outcome train(
            Trainer trainer,
            FeatureTap network,
            PenalizedOptimizer optimizer,
            NeuralCollapseListener listener,
            long begin)
            throws IOException, TranslateException {
        ImageBatches batches = ImageBatches.shuffled(images.train(), probes.scale(), recipe.batchSize(), recipe.seed());
        Resumption from = resume(network, optimizer, listener, batches.batches());
        TrainingIdentity identity = TrainingIdentity.of(recipe, images).extendedAfter(from.extendedAfter());
        List<EpochRecord> epochs = new ArrayList<>(from.done());
        batches.startAt(epochs.size());
        StepLoop steps = new StepLoop(trainer, optimizer, recipe, batches, observer);
        for (int epoch = epochs.size(); epoch < recipe.epochs() && !hasArrived(epochs); epoch++) {
            double loss = steps.epoch(epoch);
            if (steps.hasDiverged()) {
                return diverged(epochs, epoch + 1, loss);
            }
            trainer.notifyListeners(one -> one.onEpoch(trainer));
            List<CollapseState> states = listener.history();
            if (states.size() != epoch + 1) {
                return diverged(epochs, epoch + 1, Double.NaN); // the last step overflowed
            }
            double accuracy = ProbedLayer.of(network, probes.someTest(), trainer.getManager())
                    .accuracy();
            EpochRecord done = new EpochRecord(states.get(epoch), loss, accuracy);
            epochs.add(done);
            save(identity, network, optimizer, epochs);
            observer.onEpoch(done);
        }
        CollapseMeter meter = new CollapseMeter(meterOptions());
        ProbedLayer train = ProbedLayer.of(network, probes.allTrain(), trainer.getManager());
        ProbedLayer test = ProbedLayer.of(network, probes.allTest(), trainer.getManager());
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Outcome.Trained(
                recipe,
                List.copyOf(epochs),
                train,
                test,
                meter.judge(train),
                meter.measure(epochs.size(), train),
                test.accuracy(),
                Costs.of(network, optimizer.stateArrays(), steps.medianMillis(), seconds, PeakMemory.bytes()),
                from.extendedAfter());
    }

    /** False without a certificate, whose gap is NaN. */
    private boolean hasArrived(List<EpochRecord> epochs) {
        return stopGap.isPresent()
                && !epochs.isEmpty()
                && epochs.get(epochs.size() - 1).state().relativeGap() <= stopGap.getAsDouble();
    }

    private Outcome diverged(List<EpochRecord> epochs, int epoch, double loss) {
        return new Outcome.Diverged(recipe, List.copyOf(epochs), epoch, loss, DivergenceAdvice.of(recipe));
    }

    private FeatureTap network() throws InputException {
        int classes = images.classes();
        long side = Math.max(images.train().height(), images.train().width());
        double norm = FixedHeadNorm.of(recipe, images);
        return Networks.build(
                recipe.body(),
                recipe.featureDimension(),
                recipe.features(),
                side,
                new Networks.Head(recipe.head(), recipe.bias(), norm),
                classes,
                recipe.seed());
    }

    private UfmLoss dataLoss() {
        return lossOfTargets().map(UfmLoss::ofTargets).orElseGet(() -> UfmLoss.of(recipe.loss(images)));
    }

    /** The loss of images with targets, whose logit adjustment is that of all of them. */
    private Optional<TrainingLoss> lossOfTargets() {
        return images.train()
                .targets()
                .map(all -> recipe.loss().adjustedTo(ClassCounts.balanced(all.columns(), 1), all));
    }

    /** The objective that a layer of this training is judged by. */
    CollapseMeter.Options meterOptions() {
        if (recipe.features() instanceof LastFeatures.Normalised unit) {
            return CollapseMeter.Options.ofCosine(unit.temperature());
        }
        CollapseMeter.Options options = recipe.headDecay().isPresent()
                ? CollapseMeter.Options.ofWeightDecay(
                        recipe.loss(images), recipe.headDecay().getAsDouble())
                : recipe.regularization()
                        .meterOptions(recipe.loss(images), images.train().count());
        return lossOfTargets().map(options::withTargets).orElse(options);
    }

    private void save(
            TrainingIdentity identity, FeatureTap network, PenalizedOptimizer optimizer, List<EpochRecord> epochs)
            throws IOException {
        if (checkpoint.isEmpty()) {
            return;
        }
        List<SavedArray> parameters = new ArrayList<>();
        network.getParameters()
                .forEach(pair -> parameters.add(
                        new SavedArray(pair.getKey(), pair.getValue().getArray().toFloatArray())));
        new Checkpoint(identity, epochs, parameters, optimizer.save()).write(checkpoint.get());
    }

    private Resumption resume(
            FeatureTap network, PenalizedOptimizer optimizer, NeuralCollapseListener listener, int batches)
            throws IOException {
        if (checkpoint.isEmpty() || !Files.exists(checkpoint.get())) {
            return Resumption.BEGINNING;
        }
        Checkpoint saved = Checkpoint.read(checkpoint.get(), TrainingIdentity.of(recipe, images));
        Map<String, float[]> byName = new TreeMap<>();
        saved.parameters().forEach(array -> byName.put(array.name(), array.entries()));
        for (Pair<String, Parameter> pair : network.getParameters()) {
            Parameter parameter = pair.getValue();
            float[] entries = byName.get(pair.getKey());
            if (entries == null || entries.length != parameter.getShape().size()) {
                throw new InputException(checkpoint.get() + ": parameter " + pair.getKey() + ": expected "
                        + parameter.getShape().size() + " entries, found "
                        + (entries == null ? "none" : Integer.toString(entries.length)));
            }
            // NDArray.set would work, but makes the engine log a warning
            try (NDArray restored = parameter.getArray().getManager().create(entries, parameter.getShape())) {
                parameter.getArray().muli(0).addi(restored);
            }
        }
        optimizer.restore(saved.optimizer());
        listener.resume(saved.epochs().stream().map(EpochRecord::state).toList());
        Resumption from = new Resumption(saved.epochs(), extensions(saved, batches));
        observer.onResume(from);
        return from;
    }

    /** The earlier extensions, and this one if the steps done would have had other rates from the start. */
    private List<Integer> extensions(Checkpoint saved, long batches) {
        List<Integer> after = new ArrayList<>(saved.training().extendedAfter());
        int done = saved.epochs().size();
        if (!recipe.rate().agrees(done * batches, saved.training().epochs() * batches, recipe.epochs() * batches)) {
            after.add(done);
        }
        return after;
    }
}
