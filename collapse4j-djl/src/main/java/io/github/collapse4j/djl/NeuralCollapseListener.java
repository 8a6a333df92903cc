package io.github.collapse4j.djl;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.EarlyStoppingListener;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures neural collapse at the end of every epoch: runs probe data through the network's body with the current
 * weights, and reports NC1–NC4, the implied μ and the certified gap to the trainer's metrics, as {@code collapse/nc1}
 * and so on, and to other consumers. No engine memory is retained between epochs.
 */
public final class NeuralCollapseListener extends TrainingListenerAdapter {
    /** The prefix of its metrics' names. */
    public static final String PREFIX = "collapse/";

    private static final Logger LOGGER = LoggerFactory.getLogger(NeuralCollapseListener.class);

    private final Dataset probe;
    private final CollapseMeter meter;
    private final List<Consumer<CollapseState>> consumers = new ArrayList<>();
    private final List<BiConsumer<Integer, ProbedLayer>> viewers = new ArrayList<>();
    private final List<CollapseState> history = new ArrayList<>();
    private OptionalDouble stopGap = OptionalDouble.empty();
    private int epoch;

    /**
     * Measures with the given data, which must contain every class.
     *
     * @param probe read once per epoch; a few thousand training samples are as informative as all of them
     */
    public NeuralCollapseListener(Dataset probe, CollapseMeter.Options options) {
        this.probe = probe;
        this.meter = new CollapseMeter(options);
    }

    /**
     * Also reports to a consumer, such as a log or a progress display.
     *
     * @return this
     */
    public NeuralCollapseListener reportTo(Consumer<CollapseState> consumer) {
        consumers.add(consumer);
        return this;
    }

    /**
     * Also passes the probed layer, with its features, to a consumer before it is discarded.
     *
     * @return this
     */
    public NeuralCollapseListener showLayersTo(BiConsumer<Integer, ProbedLayer> consumer) {
        viewers.add(consumer);
        return this;
    }

    /**
     * Ends the training after the first epoch whose certified gap is at most the given share, as DJL's own
     * {@link EarlyStoppingListener} does: {@link #onEpoch} throws its {@link EarlyStoppedException}, which whoever calls
     * {@code EasyTrain.fit} catches. Everything has been reported before.
     *
     * @param gap a share of the objective, such as 0.01
     * @return this
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public NeuralCollapseListener stopAtGap(double gap) {
        if (!(gap > 0 && gap < 1)) {
            throw new IllegalArgumentException("gap: expected a share between 0 and 1, found " + gap);
        }
        stopGap = OptionalDouble.of(gap);
        return this;
    }

    /**
     * Adds itself to a configuration, and logs a warning if its optimiser keeps the certified gap from closing.
     *
     * @return this
     */
    public NeuralCollapseListener listenTo(DefaultTrainingConfig config) {
        DecoupledDecay.warningOf(config.getOptimizer()).ifPresent(LOGGER::warn);
        config.addTrainingListeners(this);
        return this;
    }

    /** The measurements so far, one per epoch. */
    public List<CollapseState> history() {
        return List.copyOf(history);
    }

    /** Continues a training after the given epochs. */
    public void resume(List<CollapseState> done) {
        history.clear();
        history.addAll(done);
        epoch = done.isEmpty() ? 0 : done.get(done.size() - 1).epoch();
    }

    @Override
    public void onEpoch(Trainer trainer) {
        epoch++;
        ProbedLayer layer = probe(trainer);
        if (!layer.isFinite()) {
            return; // nothing to measure after divergence
        }
        CollapseState state = meter.measure(epoch, layer);
        history.add(state);
        Metrics metrics = trainer.getMetrics();
        if (metrics != null) {
            state.figures().forEach((name, value) -> metrics.addMetric(PREFIX + name, value));
        }
        consumers.forEach(consumer -> consumer.accept(state));
        viewers.forEach(viewer -> viewer.accept(epoch, layer));
        if (stopGap.isPresent() && state.relativeGap() <= stopGap.getAsDouble()) {
            throw new EarlyStoppedException(
                    epoch,
                    "certified gap %.3g at most %.3g after epoch %d"
                            .formatted(state.relativeGap(), stopGap.getAsDouble(), epoch));
        }
    }

    private ProbedLayer probe(Trainer trainer) {
        try {
            return ProbedLayer.of(tap(trainer.getModel()), probe, trainer.getManager());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TranslateException e) {
            throw new IllegalArgumentException("probe: " + e.getMessage(), e);
        }
    }

    private static FeatureTap tap(Model model) {
        if (model.getBlock() instanceof FeatureTap tap) {
            return tap;
        }
        throw new IllegalArgumentException("model: expected a FeatureTap around its network (FeatureTap.before), found "
                + model.getBlock().getClass().getSimpleName());
    }
}
