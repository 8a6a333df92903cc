package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.HeadStatement;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.lastlayer.LayerAssessment;
import io.github.collapse4j.lastlayer.LayerAssessment.Seen;
import io.github.collapse4j.lastlayer.NonnegativeOptimum;
import io.github.collapse4j.lastlayer.Penalties;
import io.github.collapse4j.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Derives the advice on a layer that has an optimum to be compared with, and collects the reasons. */
record AdviceBuilder(
        LayerAssessment assessment,
        LastLayerCertificate judged,
        Certified certified,
        OptionalDouble weightDecay,
        List<String> why) {
    /** A better head that gains this share is worth its training. */
    private static final double WORTH_RETRAINING = 0.05;

    /** A better head that removes less than this share of the excess leaves most of it to further training. */
    private static final double HEADS_SHARE = 0.25;

    /** Gains below this share are not mentioned. */
    private static final double MENTIONED = 1e-4;

    /** An excess of this share is not worth any further training. */
    private static final double NEARLY_OPTIMAL = 0.01;

    /** Relative deviation of the implied λ_W from the weight decay up to which they agree. */
    private static final double SAME_DECAY = 0.1;

    /** Share of ‖H‖² from which a common offset is mentioned. */
    private static final double LARGE_OFFSET = 0.25;

    AdviceBuilder(
            LayerAssessment assessment, LastLayerCertificate judged, Certified certified, OptionalDouble weightDecay) {
        this(assessment, judged, certified, weightDecay, new ArrayList<>());
    }

    Advice advice() {
        if (!(assessment.raw().implied().mu() > 0)) {
            why.add(
                    "The implied μ of the raw layer is not positive: smaller logits alone would lower the loss, as happens"
                            + " early in training and on samples other than the training samples. Features of the training set"
                            + " at the end of training would tell more."
                            + (judged.penalties().areAssumed() ? " The penalties are those of the weight decay." : ""));
        }
        assessment.head().ifPresent(this::addHead);
        double gap = certified.relativeGap();
        why.add(format(
                "%s, %s%.3g %% of the objective is excess over the global minimum.",
                assessment.raw().verdict() instanceof Verdict.GlobalMinimum
                        ? "Of the raw layer"
                        : "As the head sees the features",
                Diagnosis.isTight(certified) ? "" : "at most ",
                100 * gap));
        Advice advice = decide(gap);
        addSize();
        addOffset(advice.action());
        return new Advice(advice.action(), advice.sentence(), List.copyOf(why));
    }

    private Advice decide(double gap) {
        Optional<HeadStatement> head = assessment.head();
        double least =
                head.map(HeadStatement::least).orElse(OptionalDouble.empty()).orElse(0);
        boolean asImplied =
                weightDecay.isEmpty() || head.filter(this::agreesWithDecay).isPresent();
        boolean optimal = certified.verdict() instanceof Verdict.GlobalMinimum || gap <= NEARLY_OPTIMAL;
        if (optimal && (asImplied || least < WORTH_RETRAINING)) {
            return plain(Advice.Action.NOTHING, "Nothing to do: there is nothing to gain in the last layer.");
        }
        if (least >= WORTH_RETRAINING && judged.penalties().areAssumed()) {
            return plain(
                    Advice.Action.OTHER_SAMPLES,
                    format(
                            "Repeat this with features of the training set. On these samples, a better head lowers loss"
                                    + " plus weight decay by %.3g %%; if the layer was not trained on them, it gains that by"
                                    + " fitting them.",
                            100 * least));
        }
        if (least >= WORTH_RETRAINING) {
            why.add("If the layer was not trained on these samples, repeat this with features of the training set"
                    + " first: a new head gains by fitting the samples it is trained on.");
        }
        if (least >= WORTH_RETRAINING && isHeadsShare(least)) {
            return plain(
                    Advice.Action.RETRAIN_HEAD,
                    format(
                            "Retrain the head: for these features, a better one lowers loss plus weight decay by"
                                    + " %.3g %%.",
                            100 * least));
        }
        String where = where(certified.excess());
        if (assessment.head().filter(this::hasConverged).isPresent()) {
            boolean isPenalised = judged.penalties().sourceH() == Penalties.Source.GIVEN;
            if (!isPenalised) {
                why.add(format(
                        "Where the whole network has converged, weight decay alone closes little of this excess, since it"
                                + " does not penalise features: add λ_H/2·‖H‖² to the loss, with λ_H = %s.",
                        number(judged.lambdaH())));
            }
            return plain(
                    Advice.Action.TRAIN_FEATURES,
                    format(
                            "Leave the head, and train the features on%s: %s",
                            isPenalised ? ", longer or with a lower learning rate" : "", where));
        }
        return plain(Advice.Action.TRAIN_ON, "Train on: the last layer has not converged, and " + where);
    }

    /** Whether a better head removes much of what is to be gained, in loss and penalties. */
    private boolean isHeadsShare(double least) {
        double gain = least * assessment.head().orElseThrow().objective();
        return gain >= HEADS_SHARE * certified.excess().total();
    }

    private static Advice plain(Advice.Action action, String sentence) {
        return new Advice(action, sentence, List.of());
    }

    private boolean hasConverged(HeadStatement head) {
        return head.most() <= WORTH_RETRAINING && agreesWithDecay(head);
    }

    private boolean agreesWithDecay(HeadStatement head) {
        return Math.abs(head.impliedLambdaW() / head.lambdaW() - 1) <= SAME_DECAY;
    }

    private void addHead(HeadStatement head) {
        why.add(format(
                "For these features, no head gains more than %.3g %% of loss plus weight decay%s.",
                100 * head.most(),
                head.least().orElse(0) >= MENTIONED
                        ? format(
                                ", and one that gains %.3g %% was found",
                                100 * head.least().getAsDouble())
                        : ""));
        if (weightDecay.isPresent() && head.impliedLambdaW() > 0) {
            why.add(format(
                    agreesWithDecay(head)
                            ? "The weights are those of a weight decay of %s, as given (%s)."
                            : "The weights are those of a weight decay of %s, not yet of the one given, %s.",
                    number(head.impliedLambdaW()),
                    number(weightDecay.getAsDouble())));
        } else if (weightDecay.isEmpty()) {
            boolean isGiven = assessment.raw().penalties().sourceW() == Penalties.Source.GIVEN;
            why.add(format(
                    "This is for the %s, %s%s.%s",
                    isGiven ? "given λ_W" : "weight decay that the weights imply",
                    number(head.lambdaW()),
                    head.isLambdaBAssumed() ? ", assuming the same penalty of the bias: a free bias may gain more" : "",
                    isGiven ? "" : " Pass that of the training with --weight-decay."));
        }
    }

    private static String where(Excess excess) {
        double largest = Math.max(excess.spread(), Math.max(excess.placement(), excess.betweenClass()));
        String share = format("%.0f %% of the excess is ", 100 * largest / excess.total());
        if (largest == excess.spread()) {
            return share + "spread within classes.";
        }
        return largest == excess.placement()
                ? share + "in the position of the class means for this head."
                : share + "in directions and norms of the weights, for any features.";
    }

    private void addSize() {
        int needed = assessment
                .raw()
                .certified()
                .flatMap(Certified::nonnegative)
                .map(NonnegativeOptimum::neededWidth)
                .orElseGet(() -> certified.twin().rankAtMost());
        int given = assessment.layer().classifier().columns();
        if (given > needed) {
            why.add(format("%,d feature dimensions suffice; this layer has %,d.", needed, given));
        }
    }

    /** Centred features with as much more bias have the same logits, so the gain is certain. */
    private void addOffset(Advice.Action action) {
        Optional<Seen> centred = assessment.seen().filter(Seen::isCentred);
        double offset = centred.map(seen -> seen.shares().offset()).orElse(0.0);
        if (offset < LARGE_OFFSET) {
            return;
        }
        String remedy =
                assessment.isNonnegative() ? "centre the features or drop the last ReLU" : "centre the features";
        why.add(format(
                "%.0f %% of the squared norm of the features is one common offset, which the head cannot tell from a"
                        + " bias%s%s.",
                100 * offset,
                action == Advice.Action.NOTHING ? "" : ": " + remedy,
                assessment
                        .raw()
                        .certified()
                        .map(raw -> format(
                                "; centring lowers the objective of the raw layer by %.3g %%, and changes no"
                                        + " prediction",
                                100 * offset * ofFeatures(raw)))
                        .orElse("")));
    }

    /** The share of the raw layer's objective that is the penalty of the features. */
    private double ofFeatures(Certified raw) {
        Matrix weights = assessment.layer().classifier();
        double ofWeights = assessment.raw().lambdaW() / 2 * weights.dot(weights);
        return (raw.objective() - assessment.raw().loss() - ofWeights) / raw.objective();
    }
}
