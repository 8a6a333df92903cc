package io.github.collapse4j.djl;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Measures neural collapse at the end of every epoch: runs a probe of the data through the network's body with the weights
 * of that moment, and leaves NC1–NC4, the implied μ and the certified gap in the trainer's metrics, as
 * {@code collapse/nc1} and so on, and with whoever else wants them. Nothing of the engine's memory is kept from one
 * epoch to the next.
 */
public final class NeuralCollapseListener extends TrainingListenerAdapter {
    /** What the names of its metrics begin with. */
    public static final String PREFIX = "collapse/";

    private final Dataset probe;
    private final CollapseMeter meter;
    private final List<Consumer<CollapseState>> consumers = new ArrayList<>();
    private final List<BiConsumer<Integer, ProbedLayer>> viewers = new ArrayList<>();
    private final List<CollapseState> history = new ArrayList<>();
    private int epoch;

    /**
     * Measures with the given data, which every class must be in.
     *
     * @param probe read once an epoch; some thousands of the training samples tell as much as all of them
     */
    public NeuralCollapseListener(Dataset probe, CollapseMeter.Options options) {
        this.probe = probe;
        this.meter = new CollapseMeter(options);
    }

    /**
     * Tells somebody else too: a log, a progress display.
     *
     * @return this
     */
    public NeuralCollapseListener reportTo(Consumer<CollapseState> consumer) {
        consumers.add(consumer);
        return this;
    }

    /**
     * Shows somebody else the features themselves, before they are forgotten.
     *
     * @return this
     */
    public NeuralCollapseListener showLayersTo(BiConsumer<Integer, ProbedLayer> consumer) {
        viewers.add(consumer);
        return this;
    }

    /** What was measured so far, one for each epoch. */
    public List<CollapseState> history() {
        return List.copyOf(history);
    }

    /** Continues a training: the epochs of a history are done. */
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
            return; // a training that has diverged has no collapse to measure
        }
        CollapseState state = meter.measure(epoch, layer);
        history.add(state);
        Metrics metrics = trainer.getMetrics();
        if (metrics != null) {
            state.figures().forEach((name, value) -> metrics.addMetric(PREFIX + name, value));
        }
        consumers.forEach(consumer -> consumer.accept(state));
        viewers.forEach(viewer -> viewer.accept(epoch, layer));
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
