package io.github.collapse4j.djl.train;

import ai.djl.nn.Parameter;
import io.github.collapse4j.djl.FeatureTap;
import java.util.OptionalLong;

/**
 * What a network and its training take.
 *
 * @param parameters numbers in the network that are learned or fixed, without running statistics
 * @param trained those of them that are trained
 * @param headParameters those of the head
 * @param headTrained those of the head that are trained
 * @param optimizerState numbers the optimiser keeps beside them
 * @param millisPerStep median time of a step, without measuring
 * @param seconds the whole training, with measuring
 * @param peakBytes largest resident memory of the process meanwhile, where the system tells
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
