package io.github.collapse4j.landscape;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One descent from the vicinity of a saddle.
 *
 * @param optimizer name of the optimiser
 * @param distance ‖x − saddle‖ along the run
 * @param predicted distance predicted by the linearisation, for methods with a fixed step
 * @param gap (f − f*)/f* along the run
 * @param iterationsToLeave iterations until the distance is {@link EscapeExperiment#LEFT}; empty if it never is
 * @param observedRate growth of log distance per iteration near the saddle; empty where the run was not seen there
 * @param predictedRate the same for the linearisation
 * @param observedLinearRate growth of log gap per iteration near the minimum (negative); empty where the run was not seen there
 * @param predictedLinearRate the same from the smallest positive eigenvalue there
 * @param end the point reached
 * @param objective f there
 * @param gradientNorm ‖∇f‖ there
 */
public record EscapeRun(
        String optimizer,
        Trace distance,
        Optional<Trace> predicted,
        Trace gap,
        OptionalInt iterationsToLeave,
        OptionalDouble observedRate,
        OptionalDouble predictedRate,
        OptionalDouble observedLinearRate,
        OptionalDouble predictedLinearRate,
        double[] end,
        double objective,
        double gradientNorm) {}
