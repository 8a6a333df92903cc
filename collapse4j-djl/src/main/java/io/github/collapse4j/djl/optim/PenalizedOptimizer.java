package io.github.collapse4j.djl.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A DJL optimiser with a penalty per parameter, a learning rate set before each step, and a state that can be saved,
 * which DJL's own lack. For a single device.
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

    /** Sets the rate of subsequent steps. */
    public final void setLearningRate(double rate) {
        learningRate = rate;
    }

    /** The number of state arrays per parameter. */
    public abstract int stateArrays();

    @Override
    public final void update(String parameterId, NDArray weight, NDArray grad) {
        NDArray[] state = states.computeIfAbsent(penalties.name(parameterId), name -> initial(name, weight));
        step(weight, grad, state, (float) learningRate, penalties.of(parameterId));
    }

    /** Updates one parameter and sets its gradient to zero. */
    abstract void step(NDArray weight, NDArray gradient, NDArray[] state, float rate, float penalty);

    /** Called once before each step, for optimisers that count steps. */
    public abstract void beginStep(long step);

    /** Saves the state, by array and then by parameter name. */
    public final List<SavedArray> save() {
        List<SavedArray> saved = new ArrayList<>();
        states.forEach((name, arrays) -> {
            for (NDArray array : arrays) {
                saved.add(new SavedArray(name, array.toFloatArray()));
            }
        });
        return saved;
    }

    /** Continues from a saved state. */
    public final void restore(List<SavedArray> saved) {
        close();
        restored.clear();
        for (SavedArray array : saved) {
            restored.computeIfAbsent(array.name(), name -> new ArrayList<>()).add(array.entries());
        }
    }

    /** Frees the state, which is kept outside the trainer's managers because those may be closed earlier. */
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
     * One array of the state.
     *
     * @param name name of the parameter
     * @param entries its entries, row-major
     */
    public record SavedArray(String name, float[] entries) {}

    /** DJL requires a builder; there is nothing to build. */
    static final class Builder extends OptimizerBuilder<Builder> {
        @Override
        protected Builder self() {
            return this;
        }
    }
}
