package io.github.collapse4j.hunt;

import io.github.collapse4j.model.UfmProblem;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The search space: every problem with every optimiser from every start. Items are numbered by start within optimiser
 * within problem; the outcome of an item depends only on the plan and its number.
 *
 * @param problems one for each combination of dimension, penalty, loss and counts
 * @param optimizers the optimisers
 * @param starts random starts per problem and optimiser
 * @param seed seed of the starts
 */
public record HuntPlan(List<UfmProblem> problems, List<Descender> optimizers, int starts, long seed)
        implements Serializable {
    public HuntPlan {
        problems = List.copyOf(problems);
        optimizers = List.copyOf(optimizers);
        if (problems.isEmpty() || optimizers.isEmpty() || starts < 1) {
            throw new IllegalArgumentException("hunt: expected at least one problem, optimiser and start, found "
                    + problems.size() + ", " + optimizers.size() + " and " + starts);
        }
    }

    /** The total number of descents. */
    public long items() {
        return (long) problems.size() * itemsPerProblem();
    }

    /** The number of descents per problem. */
    public int itemsPerProblem() {
        return Math.multiplyExact(optimizers.size(), starts);
    }

    /** The number of chunks of {@link Hunt#CHUNK} items; the last one may be shorter. */
    int chunks() {
        return Math.toIntExact((items() + Hunt.CHUNK - 1) / Hunt.CHUNK);
    }

    int itemsOfChunk(int chunk) {
        return (int) Math.min(Hunt.CHUNK, items() - (long) chunk * Hunt.CHUNK);
    }

    /** The optimiser of an item, numbered within its problem. */
    Descender optimizer(int itemOfProblem) {
        return optimizers.get(itemOfProblem / starts);
    }

    /** The start of an item, numbered within its problem. */
    int start(int itemOfProblem) {
        return itemOfProblem % starts;
    }

    /** A fingerprint of everything that the outcome depends on; it rejects a journal of another plan. */
    public String digest() {
        StringBuilder text = new StringBuilder("hunt 2");
        field(text, "starts", starts);
        field(text, "seed", seed);
        for (UfmProblem problem : problems) {
            field(text, "loss", problem.loss().name());
            field(text, "d", problem.featureDimension());
            field(text, "lambdaW", Double.doubleToLongBits(problem.lambdaW()));
            field(text, "lambdaH", Double.doubleToLongBits(problem.lambdaH()));
            field(text, "bias", problem.bias().isPresent());
            field(text, "lambdaB", Double.doubleToLongBits(problem.bias().lambda()));
            field(text, "counts", Arrays.toString(problem.counts().toArray()));
        }
        for (Descender optimizer : optimizers) {
            field(text, "optimizer", optimizer.name());
            field(
                    text,
                    "gradientTolerance",
                    Double.doubleToLongBits(optimizer.limits().gradientTolerance()));
            field(text, "maxIterations", optimizer.limits().maxIterations());
            field(text, "maxEvaluations", optimizer.limits().maxEvaluations());
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Names and values in the digest are part of the journal's format: they must not change when records and components
     * are renamed.
     */
    private static void field(StringBuilder text, String name, Object value) {
        text.append('\n').append(name).append('=').append(value);
    }
}
