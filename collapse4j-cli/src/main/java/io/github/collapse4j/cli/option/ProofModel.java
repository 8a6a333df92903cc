package io.github.collapse4j.cli.option;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.TrainedLoss;
import io.github.collapse4j.solve.ClassGroups;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The model of a proof as options describe it.
 *
 * @param command reports usage errors
 * @param loss the loss
 * @param counts n_k
 * @param penalties exact λ's and the bias
 * @param trained options of the loss
 */
public record ProofModel(
        CommandLine command,
        LossKind loss,
        ClassCounts counts,
        ExactPenalties penalties,
        Optional<TrainedLoss> trained) {
    private static final int MAX_CLASSES = 1000;
    private static final long MAX_COUNT = 999_999_999;

    public ProofModel {
        for (long count : counts.toArray()) {
            if (count > MAX_COUNT) {
                throw new ParameterException(
                        command, "expected at most " + MAX_COUNT + " samples of a class, found " + count);
            }
        }
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

    /** The model with classes of equal counts grouped, unless the loss has options. */
    public ExactModel groups() {
        if (trained.isPresent()) {
            return classes();
        }
        ClassGroups groups = ClassGroups.of(counts);
        if (groups.groups() > MAX_CLASSES) {
            throw new ParameterException(
                    command, "expected at most " + MAX_CLASSES + " different counts, found " + groups.groups());
        }
        return new ExactModel(
                loss,
                Arrays.stream(groups.sizes()).asLongStream().toArray(),
                Arrays.stream(groups.counts()).mapToLong(count -> (long) count).toArray(),
                penalties.lambdaW(),
                penalties.lambdaH(),
                penalties.bias());
    }
}
