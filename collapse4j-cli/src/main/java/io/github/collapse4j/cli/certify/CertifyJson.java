package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.option.JsonOption.number;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.lastlayer.NonnegativeOptimum;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.solve.TwinBracket;

/** The certificate of a last layer as JSON. Keys that need a certificate are null if there is none. */
final class CertifyJson {
    private CertifyJson() {}

    static JsonObject of(LastLayer layer, StatedLoss loss, LastLayerCertificate certificate) {
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        loss.addTo(json);
        json.addProperty("classes", layer.classes());
        json.addProperty("featureDimension", layer.classifier().columns());
        json.addProperty("samples", certificate.counts().samples());
        json.addProperty("hasBias", layer.hasBias());
        json.add("lossValue", number(certificate.loss()));
        json.add("accuracy", number(certificate.accuracy()));
        json.add("impliedMu", number(certificate.implied().mu()));
        json.add("impliedLambdaW", number(certificate.implied().lambdaW()));
        json.add("impliedLambdaH", number(certificate.implied().lambdaH()));
        json.add("lambdaW", number(certificate.lambdaW()));
        json.add("lambdaH", number(certificate.lambdaH()));
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
        json.addProperty(
                "reason",
                certificate.verdict() instanceof Verdict.Undecided undecided
                        ? undecided.reason().name()
                        : null);
        json.addProperty("explanation", new Diagnosis(layer, certificate).verdict());
        json.addProperty("advice", new Diagnosis(layer, certificate).advice());
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
