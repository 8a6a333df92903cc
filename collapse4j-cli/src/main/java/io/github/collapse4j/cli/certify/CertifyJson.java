package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.option.JsonOption.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.VerdictJson;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.lastlayer.FeatureShares;
import io.github.collapse4j.lastlayer.HeadStatement;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.lastlayer.LayerAssessment;
import io.github.collapse4j.lastlayer.NonnegativeOptimum;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.solve.TwinBracket;
import java.util.Locale;

/** The certificate of a last layer as JSON. Keys that need a certificate are null if there is none. */
final class CertifyJson {
    private CertifyJson() {}

    static JsonObject of(CertifyOptions.Certified judged, Advice advice) {
        LayerAssessment assessment = judged.assessment();
        LastLayer layer = assessment.layer();
        LastLayerCertificate raw = assessment.raw();
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        judged.loss().addTo(json);
        json.addProperty("classes", layer.classes());
        JsonArray absent = new JsonArray();
        assessment.classes().absent().forEach(absent::add);
        json.add("absentClasses", absent);
        json.addProperty("featureDimension", layer.classifier().columns());
        json.addProperty("samples", raw.counts().samples());
        json.addProperty("hasBias", layer.hasBias());
        json.add("lossValue", number(raw.loss()));
        json.add("accuracy", number(raw.accuracy()));
        json.addProperty("light", name(advice.light(assessment)));
        json.addProperty("action", name(advice.action()));
        json.addProperty("advice", advice.sentence());
        JsonArray why = new JsonArray();
        advice.reasons().forEach(why::add);
        json.add("why", why);
        json.add("head", assessment.head().<JsonElement>map(CertifyJson::head).orElse(JsonNull.INSTANCE));
        json.add(
                "seenByHead",
                assessment
                        .seen()
                        .<JsonElement>map(seen -> seen(layer, seen, judged.lambdaB()))
                        .orElse(JsonNull.INSTANCE));
        JsonObject shares = new JsonObject();
        assessment.seen().map(LayerAssessment.Seen::shares).ifPresent(parts -> addShares(shares, parts));
        JsonObject ofRaw = new JsonObject();
        ofRaw.add("featureShares", assessment.seen().isPresent() ? shares : JsonNull.INSTANCE);
        json.add("raw", ofRaw);
        addNumbers(json, layer, raw, layer.classifier().columns(), judged.lambdaB());
        return json;
    }

    /** An outcome in lower case. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void addShares(JsonObject json, FeatureShares shares) {
        json.add("offset", number(shares.offset()));
        json.add("unseen", number(shares.unseen()));
        json.add("spread", number(shares.spread()));
        json.add("signal", number(shares.signal()));
    }

    private static JsonObject head(HeadStatement head) {
        JsonObject json = new JsonObject();
        json.add("lambdaW", number(head.lambdaW()));
        json.add("lambdaB", number(head.lambdaB()));
        json.addProperty("isLambdaBAssumed", head.isLambdaBAssumed());
        json.add("objective", number(head.objective()));
        json.add("gradientBound", number(head.gradientBound()));
        json.add("gainAtLeast", number(head.least()));
        json.add("gainAtMost", number(head.most()));
        json.add(
                "passes",
                head.solved()
                        .<JsonElement>map(solved -> new JsonPrimitive(solved.passes()))
                        .orElse(JsonNull.INSTANCE));
        json.add("impliedLambdaW", number(head.impliedLambdaW()));
        return json;
    }

    private static JsonObject seen(LastLayer layer, LayerAssessment.Seen seen, double lambdaB) {
        JsonObject json = new JsonObject();
        json.addProperty("featureDimension", seen.featureDimension());
        json.addProperty("isCentred", seen.isCentred());
        addNumbers(json, layer, seen.certificate(), seen.featureDimension(), lambdaB);
        return json;
    }

    private static void addNumbers(
            JsonObject json, LastLayer layer, LastLayerCertificate certificate, int d, double lambdaB) {
        json.add("impliedMu", number(certificate.implied().mu()));
        json.add("impliedLambdaW", number(certificate.implied().lambdaW()));
        json.add("impliedLambdaH", number(certificate.implied().lambdaH()));
        json.add("lambdaW", number(certificate.lambdaW()));
        json.add("lambdaH", number(certificate.lambdaH()));
        json.add("lambdaB", layer.hasBias() ? number(lambdaB) : JsonNull.INSTANCE);
        json.add("penalties", penalties(certificate));
        json.add("mu", number(certificate.mu()));
        json.add("sigmaMax", number(certificate.sigmaMax()));
        json.addProperty("sigmaIsExact", certificate.sigmaIsExact());
        json.add("sigmaOverMu", number(certificate.sigmaOverMu()));
        json.add(
                "residuals",
                JsonOption.residuals(certificate.residualW(), certificate.residualH(), certificate.residualB()));
        json.addProperty("rank", certificate.rank());
        json.addProperty("domain", domain(certificate).toString());
        json.add("gaugeOverMu", number(gauge(certificate)));
        json.add("effectiveDimension", number(certificate.effectiveDimension()));
        addCertificate(json, certificate);
        json.addProperty("verdict", certificate.verdict().name());
        VerdictJson.addSpectrum(json, certificate.verdict());
        json.addProperty(
                "reason",
                certificate.verdict() instanceof Verdict.Undecided undecided
                        ? undecided.reason().name()
                        : null);
        json.addProperty("explanation", new Diagnosis(certificate, d, layer.unitRoundOff()).verdict());
    }

    /** Which penalties were assumed, and why. */
    private static JsonObject penalties(LastLayerCertificate certificate) {
        JsonObject json = new JsonObject();
        json.addProperty("lambdaW", certificate.penalties().sourceW().words());
        json.addProperty("lambdaH", certificate.penalties().sourceH().words());
        json.addProperty("why", certificate.penalties().areAssumed() ? "the implied penalty is not positive" : null);
        return json;
    }

    private static void addCertificate(JsonObject json, LastLayerCertificate certificate) {
        Certified certified = certificate.certified().orElse(null);
        if (certified == null) {
            for (String key :
                    new String[] {"objective", "lowerBound", "relativeGap", "optimum", "freeOptimum", "excess"}) {
                json.add(key, JsonNull.INSTANCE);
            }
            return;
        }
        json.add("objective", number(certified.objective()));
        json.add("lowerBound", number(certified.lowerBound().value()));
        json.add("relativeGap", number(certified.relativeGap()));
        JsonObject ofTwin = optimum(certified.twin(), certified.problem().featureDimension());
        NonnegativeOptimum nonnegative = certified.nonnegative().orElse(null);
        json.add("optimum", nonnegative == null ? ofTwin : optimum(nonnegative, certified));
        json.add("freeOptimum", ofTwin);
        if (nonnegative != null) {
            json.add("deadClasses", JsonOption.integers(nonnegative.deadClasses()));
            json.add("survivingClasses", JsonOption.integers(nonnegative.survivingClasses()));
        }
        Excess parts = certified.excess();
        JsonObject excess = new JsonObject();
        excess.add("total", number(parts.total()));
        excess.add("withinClass", number(parts.withinClass()));
        excess.add("spread", number(parts.spread()));
        excess.add("placement", number(parts.placement()));
        excess.add("betweenClass", number(parts.betweenClass()));
        json.add("excess", excess);
    }

    private static FeatureDomain domain(LastLayerCertificate certificate) {
        return certificate.certified().flatMap(Certified::nonnegative).isPresent()
                ? FeatureDomain.NONNEGATIVE
                : FeatureDomain.FREE;
    }

    private static double gauge(LastLayerCertificate certificate) {
        return certificate
                .certified()
                .flatMap(Certified::nonnegative)
                .map(NonnegativeOptimum::gaugeOverMu)
                .orElse(certificate.sigmaOverMu());
    }

    /** The minimum that features behind a ReLU can attain. */
    private static JsonObject optimum(NonnegativeOptimum nonnegative, Certified certified) {
        JsonObject optimum = new JsonObject();
        optimum.add("objective", number(nonnegative.objective()));
        optimum.add("lowerBound", number(nonnegative.lowerBound().value()));
        optimum.addProperty("neededWidth", nonnegative.neededWidth());
        optimum.addProperty("reached", Diagnosis.isReached(certified));
        return optimum;
    }

    /** The twin's minimum; its rank is null if only bounds are known, because the twin was not solved to the end. */
    private static JsonObject optimum(TwinBracket twin, int featureDimension) {
        JsonObject optimum = new JsonObject();
        optimum.add("objective", number(twin.upper()));
        optimum.add("lowerBound", number(twin.lower().value()));
        optimum.add("rank", twin.isRankKnown() ? new JsonPrimitive(twin.rankAtLeast()) : JsonNull.INSTANCE);
        optimum.addProperty("rankAtLeast", twin.rankAtLeast());
        optimum.addProperty("rankAtMost", twin.rankAtMost());
        boolean decided = twin.isReachedAt(featureDimension) || twin.isOutOfReachAt(featureDimension);
        optimum.add("reached", decided ? new JsonPrimitive(twin.isReachedAt(featureDimension)) : JsonNull.INSTANCE);
        optimum.addProperty("method", twin.origin().name());
        return optimum;
    }
}
