package io.github.collapse4j.cli.option;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.TrainedLoss;
import io.github.collapse4j.solve.ClassGroups;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The model of a proof as options describe it.
 *
 * @param command reports usage errors
 * @param loss the loss
 * @param groups the classes that are exchangeable
 * @param counts n_k
 * @param penalties exact λ's and the bias
 * @param trained options of the loss
 */
public record ProofModel(
        CommandLine command,
        LossKind loss,
        ClassCounts counts,
        Supplier<ClassGroups> groups,
        ExactPenalties penalties,
        Optional<TrainedLoss> trained) {
    private static final int MAX_CLASSES = 1000;
    private static final long MAX_COUNT = 999_999_999;

    public ProofModel {
        requireCounts(command, counts);
    }

    private static void requireCounts(CommandLine command, ClassCounts counts) {
        for (long count : counts.toArray()) {
            if (count > MAX_COUNT) {
                throw new ParameterException(
                        command, "expected at most " + MAX_COUNT + " samples of a class, found " + count);
            }
        }
    }

    /**
     * The model of groups of samples with a target each.
     *
     * @param targets K×M
     */
    public static ExactModel ofTargets(
            CommandLine command, StatedLoss loss, ClassCounts counts, Matrix targets, ExactPenalties penalties) {
        requireCounts(command, counts);
        int most = Math.max(targets.rows(), targets.columns());
        if (most > MAX_CLASSES || targets.rows() < 2) {
            throw new ParameterException(
                    command,
                    "expected a proof for 2 to " + MAX_CLASSES + " outputs and at most as many targets, found "
                            + targets.rows() + " and " + targets.columns());
        }
        return penalties.ofClasses(loss.kind(), counts.toArray(), loss.trained(command, targets));
    }

    /** Whether a proof file can list every class. */
    public boolean isSmall() {
        return counts.classes() <= MAX_CLASSES;
    }

    /** The ungrouped model. */
    public ExactModel classes() {
        if (!isSmall()) {
            throw new ParameterException(
                    command, "expected at most " + MAX_CLASSES + " classes, found " + counts.classes());
        }
        return penalties.ofClasses(loss, counts.toArray(), trained);
    }

    /** The model with exchangeable classes grouped; that of its classes if a loss with options has none. */
    public ExactModel grouped() {
        ClassGroups found = groups.get();
        if (trained.isPresent() && found.groups() == found.classes()) {
            return classes();
        }
        if (found.groups() > MAX_CLASSES) {
            throw new ParameterException(
                    command,
                    "expected at most " + MAX_CLASSES + " different kinds of classes, found " + found.groups());
        }
        int[] members = new int[found.groups()];
        for (int k = 0; k < found.classes(); k++) {
            members[found.groupOf()[k]] = k;
        }
        return new ExactModel(
                loss,
                Arrays.stream(found.sizes()).asLongStream().toArray(),
                Arrays.stream(found.counts()).mapToLong(count -> (long) count).toArray(),
                penalties.lambdaW(),
                penalties.lambdaH(),
                penalties.bias(),
                trained.map(one -> one.ofGroups(members)));
    }
}
