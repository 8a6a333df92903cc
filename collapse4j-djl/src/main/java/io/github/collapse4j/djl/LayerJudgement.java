package io.github.collapse4j.djl;

import io.github.collapse4j.cosine.CosineCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.TargetLayerCertificate;
import java.util.Optional;

/** The certificate of a probed layer, by the model that its features belong to. */
public sealed interface LayerJudgement {
    /** The mean loss of the samples, without penalties. */
    double loss();

    /** The accuracy on the samples. */
    double accuracy();

    /** μ; NaN without penalties. */
    double mu();

    /** σ_max(∇g)/μ; NaN without penalties. */
    double sigmaOverMu();

    /** The share of the objective above the certified bound; NaN without a certificate. */
    double relativeGap();

    /** The name of the verdict. */
    String verdict();

    /** The certificate in the model of classes with penalties; empty if the layer belongs to another or has none. */
    Optional<Certified> certified();

    /** Features and weights with penalties. */
    record Penalised(LastLayerCertificate certificate) implements LayerJudgement {
        @Override
        public double loss() {
            return certificate.loss();
        }

        @Override
        public double accuracy() {
            return certificate.accuracy();
        }

        @Override
        public double mu() {
            return certificate.mu();
        }

        @Override
        public double sigmaOverMu() {
            return certificate.sigmaOverMu();
        }

        @Override
        public double relativeGap() {
            return certified().map(Certified::relativeGap).orElse(Double.NaN);
        }

        @Override
        public String verdict() {
            return certificate.verdict().name();
        }

        @Override
        public Optional<Certified> certified() {
            return certificate.certified();
        }
    }

    /**
     * Unit features and rows, without penalties.
     *
     * @param accuracy of the cosines
     */
    record Cosine(CosineCertificate certificate, double accuracy) implements LayerJudgement {
        @Override
        public double loss() {
            return certificate.facts().objective();
        }

        @Override
        public double mu() {
            return Double.NaN;
        }

        @Override
        public double sigmaOverMu() {
            return Double.NaN;
        }

        @Override
        public double relativeGap() {
            return Math.max(0, certificate.relativeGap());
        }

        @Override
        public String verdict() {
            return certificate.verdict().name();
        }

        @Override
        public Optional<Certified> certified() {
            return Optional.empty();
        }
    }

    /** Features and weights with penalties, of samples with a target each. */
    record OfTargets(TargetLayerCertificate certificate) implements LayerJudgement {
        @Override
        public double loss() {
            return certificate.loss();
        }

        /** Against the largest target. */
        @Override
        public double accuracy() {
            return certificate.accuracy();
        }

        @Override
        public double mu() {
            return comparison().isPresent()
                    ? Math.sqrt(certificate.penalties().lambdaW())
                            * Math.sqrt(certificate.penalties().lambdaH())
                    : certificate.implied().mu();
        }

        @Override
        public double sigmaOverMu() {
            return comparison()
                    .map(TargetLayerCertificate.Certified::gaugeOverMu)
                    .orElse(Double.NaN);
        }

        @Override
        public double relativeGap() {
            return comparison()
                    .map(TargetLayerCertificate.Certified::relativeGap)
                    .orElse(Double.NaN);
        }

        @Override
        public String verdict() {
            return certificate.verdict().name();
        }

        @Override
        public Optional<Certified> certified() {
            return Optional.empty();
        }

        /** The comparison with the model of the targets, if it has penalties. */
        public Optional<TargetLayerCertificate.Certified> comparison() {
            return certificate.certification() instanceof TargetLayerCertificate.Certified certified
                    ? Optional.of(certified)
                    : Optional.empty();
        }
    }
}
