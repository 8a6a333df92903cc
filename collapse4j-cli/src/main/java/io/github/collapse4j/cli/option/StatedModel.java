package io.github.collapse4j.cli.option;

import io.github.collapse4j.io.GroupedLayer;
import io.github.collapse4j.io.StatedFeatures;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.solve.ClassGroups;
import java.util.Optional;
import picocli.CommandLine;

/**
 * A model as specified on the command line.
 *
 * @param counts samples of each class, or of each of M groups with targets
 * @param targets K×M, in place of classes
 * @param dimension d
 */
public record StatedModel(
        StatedLoss loss, ClassCounts counts, Optional<Matrix> targets, int dimension, PenaltyOptions penalties) {
    /** K. */
    public int outputs() {
        return targets.map(Matrix::rows).orElse(counts.classes());
    }

    /** What its samples are told apart by. */
    public GroupedLayer.Outputs groups() {
        return targets.<GroupedLayer.Outputs>map(GroupedLayer.Targets::new)
                .orElseGet(() -> GroupedLayer.Outputs.classes(counts.classes()));
    }

    /** What a layer that solves it minimises. */
    public TrainedObjective objective(StatedFeatures features) {
        return TrainedObjective.of(loss.statement(), problem()).withFeatures(features);
    }

    /** The model in doubles. */
    public UfmProblem problem() {
        return new UfmProblem(
                loss.loss(), counts, dimension, penalties.lambdaW(), penalties.lambdaH(), penalties.bias());
    }

    /**
     * The model of classes whose penalties are exactly the decimals given.
     *
     * @param command reports usage errors
     */
    public ProofModel ofProof(CommandLine command) {
        return ofProof(command, 1);
    }

    /**
     * The ungrouped model, of classes or of targets.
     *
     * @param command reports usage errors
     * @param factor multiplies λ_W and λ_H
     */
    public ExactModel ungrouped(CommandLine command, double factor) {
        return targets.map(matrix -> ProofModel.ofTargets(command, loss, counts, matrix, penalties.exact(factor)))
                .orElseGet(() -> ofProof(command, factor).classes());
    }

    private ProofModel ofProof(CommandLine command, double factor) {
        return new ProofModel(
                command,
                loss.kind(),
                counts,
                () -> ClassGroups.of(problem()),
                penalties.exact(factor),
                loss.trained(command, counts.classes()));
    }
}
