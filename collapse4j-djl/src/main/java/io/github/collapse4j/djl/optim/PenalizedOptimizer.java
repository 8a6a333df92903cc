package io.github.collapse4j.djl.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An optimiser of DJL with a penalty for each parameter, a learning rate that its owner sets before each step, and a state
 * that can be saved, neither of which DJL's own have. For one device.
 */
public abstract sealed class PenalizedOptimizer extends Optimizer permits PenalizedSgd, PenalizedAdam {
    private final Penalties penalties;
    private final Map<String, NDArray[]> states = new TreeMap<>();
    private final Map<String, List<float[]>> restored = new TreeMap<>();
    private double learningRate;

    PenalizedOptimizer(Builder builder, Penalties penalties) {
        super(builder);
        this.penalties = penalties;
    }

    /** Sets the rate of the steps to come. */
    public final void setLearningRate(double rate) {
        learningRate = rate;
    }

    /** Arrays beside each parameter that make up the state. */
    public abstract int stateArrays();

    @Override
    public final void update(String parameterId, NDArray weight, NDArray grad) {
        NDArray[] state = states.computeIfAbsent(penalties.name(parameterId), name -> initial(name, weight));
        step(weight, grad, state, (float) learningRate, penalties.of(parameterId));
    }

    /** Moves one parameter and leaves its gradient at zero. */
    abstract void step(NDArray weight, NDArray gradient, NDArray[] state, float rate, float penalty);

    /** Counts the steps where that matters; called once before each step. */
    public abstract void beginStep(long step);

    /** The state, array after array and parameter after parameter by name: {@code name} and entries. */
    public final List<SavedArray> save() {
        List<SavedArray> saved = new ArrayList<>();
        states.forEach((name, arrays) -> {
            for (NDArray array : arrays) {
                saved.add(new SavedArray(name, array.toFloatArray()));
            }
        });
        return saved;
    }

    /** Continues from a state that was saved. */
    public final void restore(List<SavedArray> saved) {
        close();
        restored.clear();
        for (SavedArray array : saved) {
            restored.computeIfAbsent(array.name(), name -> new ArrayList<>()).add(array.entries());
        }
    }

    /** Frees the state, which lives outside of managers since those of a trainer may end earlier. */
    public final void close() {
        states.values().forEach(arrays -> {
            for (NDArray array : arrays) {
                array.close();
            }
        });
        states.clear();
    }

    private NDArray[] initial(String name, NDArray weight) {
        List<float[]> saved = restored.remove(name);
        NDArray[] arrays = new NDArray[stateArrays()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] =
                    saved == null ? weight.zerosLike() : weight.getManager().create(saved.get(i), weight.getShape());
            arrays[i].detach();
        }
        return arrays;
    }

    /**
     * An array of a state.
     *
     * @param name of the parameter
     * @param entries row-major
     */
    public record SavedArray(String name, float[] entries) {}

    /** DJL wants a builder; there is nothing to build. */
    static final class Builder extends OptimizerBuilder<Builder> {
        @Override
        protected Builder self() {
            return this;
        }
    }
}
