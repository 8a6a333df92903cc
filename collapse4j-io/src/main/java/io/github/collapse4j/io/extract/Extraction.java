package io.github.collapse4j.io.extract;

import java.util.List;
import java.util.OptionalLong;

/**
 * What came out of an extraction.
 *
 * @param samples N
 * @param resumedAt how many of them an earlier, interrupted process had done
 * @param featureDimension d
 * @param classes K, the model's outputs
 * @param hasBias whether the last layer has a bias
 * @param head the last layer in the model's own terms
 * @param inputs what the samples are
 * @param correct the samples whose largest logit is that of their class; empty without labels
 * @param logitDifference the largest absolute difference between {@code W·h + b} and the model's own logits
 * @param largestLogit the largest absolute logit
 * @param doubts reasons to doubt that the model saw what it was trained for, in whole sentences
 */
public record Extraction(
        long samples,
        long resumedAt,
        int featureDimension,
        int classes,
        boolean hasBias,
        String head,
        String inputs,
        OptionalLong correct,
        double logitDifference,
        double largestLogit,
        List<String> doubts) {}
