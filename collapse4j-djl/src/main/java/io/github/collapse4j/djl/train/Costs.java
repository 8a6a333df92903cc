package io.github.collapse4j.djl.train;

import ai.djl.nn.Parameter;
import io.github.collapse4j.djl.FeatureTap;
import java.util.OptionalLong;

/**
 * The cost of a network and its training.
 *
 * @param parameters number of parameters of the network, learned or fixed, without running statistics
 * @param trained number of trained parameters
 * @param headParameters number of parameters of the head
 * @param headTrained number of trained parameters of the head
 * @param optimizerState number of entries in the optimiser's state
 * @param millisPerStep median time of a step in milliseconds, without measuring
 * @param seconds duration of the whole training, including measuring
 * @param peakBytes peak resident memory of the process during the training, if the system reports it
 */
public record Costs(
        long parameters,
        long trained,
        long headParameters,
        long headTrained,
        long optimizerState,
        double millisPerStep,
        double seconds,
        OptionalLong peakBytes) {

    static Costs of(FeatureTap network, int stateArrays, double millisPerStep, double seconds, OptionalLong peakBytes) {
        long trained = count(network.getParameters().values(), true);
        return new Costs(
                count(network.getParameters().values(), false),
                trained,
                count(network.head().getParameters().values(), false),
                count(network.head().getParameters().values(), true),
                stateArrays * trained,
                millisPerStep,
                seconds,
                peakBytes);
    }

    private static long count(Iterable<Parameter> parameters, boolean onlyTrained) {
        long count = 0;
        for (Parameter parameter : parameters) {
            boolean statistic = parameter.getType() == Parameter.Type.RUNNING_MEAN
                    || parameter.getType() == Parameter.Type.RUNNING_VAR;
            if (!statistic && (parameter.requiresGradient() || !onlyTrained)) {
                count += parameter.getShape().size();
            }
        }
        return count;
    }
}
