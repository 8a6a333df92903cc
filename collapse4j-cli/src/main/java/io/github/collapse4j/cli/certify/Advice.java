package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LayerAssessment;
import io.github.collapse4j.lastlayer.LayerAssessment.Seen;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What to do with a layer, derived from its certified numbers alone.
 *
 * @param action the kind of advice
 * @param sentence one sentence to act on
 * @param reasons why, one sentence each
 */
record Advice(Action action, String sentence, List<String> reasons) {
    /** Beyond this excess, the light is red. */
    private static final double LARGE = 0.25;

    enum Action {
        NOTHING,
        RETRAIN_HEAD,
        TRAIN_ON,
        TRAIN_FEATURES,
        OTHER_SAMPLES,
        CHECK_INPUT
    }

    /** The light on the page. */
    enum Light {
        GREEN,
        AMBER,
        RED,
        NONE
    }

    /**
     * The advice on a layer.
     *
     * @param weightDecay that of the training, if it is known
     */
    static Advice of(LayerAssessment assessment, OptionalDouble weightDecay) {
        LastLayerCertificate judged = judged(assessment);
        Optional<Certified> certified = judged.certified();
        if (certified.isEmpty()) {
            return withoutModel(judged, weightDecay);
        }
        return new AdviceBuilder(assessment, judged, certified.get(), weightDecay).advice();
    }

    /**
     * The certificate that the advice rests on: of the layer as the head sees it, if there is one, but of the raw layer if
     * that is optimal: behind a ReLU it can be, although what the head sees of it, which has signs, is not.
     */
    static LastLayerCertificate judged(LayerAssessment assessment) {
        LastLayerCertificate raw = assessment.raw();
        return raw.verdict() instanceof Verdict.GlobalMinimum
                ? raw
                : assessment.seen().map(Seen::certificate).orElse(raw);
    }

    /** Red only if much is to be gained. */
    Light light(LayerAssessment assessment) {
        return judged(assessment)
                .certified()
                .map(certified -> action == Action.NOTHING
                        ? Light.GREEN
                        : certified.relativeGap() > LARGE ? Light.RED : Light.AMBER)
                .orElse(Light.NONE);
    }

    private static Advice withoutModel(LastLayerCertificate judged, OptionalDouble weightDecay) {
        Reason reason = ((Verdict.Undecided) judged.verdict()).reason();
        List<String> why = List.of(format("No optimum to compare with: %s.", reason.words()));
        if (reason instanceof Reason.NotFinite) {
            return new Advice(Action.CHECK_INPUT, "Look for extreme entries in features, weights and bias.", why);
        }
        String penalties = weightDecay.isPresent()
                ? "pass the penalties of its training with --lambda-w and --lambda-h."
                : "pass its weight decay with --weight-decay, or both penalties with --lambda-w and --lambda-h.";
        return reason instanceof Reason.OtherSamples
                ? new Advice(
                        Action.OTHER_SAMPLES,
                        "Use the samples that the layer was trained on and the loss it was trained with (--loss); or "
                                + penalties,
                        why)
                : new Advice(Action.CHECK_INPUT, "To judge this layer, " + penalties, why);
    }
}
