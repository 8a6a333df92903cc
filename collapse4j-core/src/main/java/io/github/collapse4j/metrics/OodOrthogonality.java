package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.BinaryScale;
import io.github.collapse4j.linalg.Vectors;
import java.util.OptionalDouble;

/** NC5: the mean of |cos(μ_k, μ_G^ood)| over classes, with uncentred means (Ammar et al. 2024, arXiv 2310.06823). */
public final class OodOrthogonality {
    private OodOrthogonality() {}

    /**
     * @param means its uncentred class means μ_k are used
     * @param rawOodMean mean of the out-of-distribution features, of length d
     * @return empty if that mean or a class mean is 0
     */
    public static OptionalDouble of(CentredMeans means, double[] rawOodMean) {
        double[] oodMean = BinaryScale.of(Vectors.maxAbs(rawOodMean)).down(rawOodMean); // angles do not change
        double oodNorm = Vectors.norm(oodMean);
        double sum = 0;
        for (int k = 0; k < means.count(); k++) {
            double[] mean = means.means().column(k);
            double norm = Vectors.norm(mean);
            if (!(norm > 0)) {
                return OptionalDouble.empty();
            }
            sum += Math.abs(Vectors.dot(mean, oodMean)) / norm / oodNorm;
        }
        return oodNorm > 0 && means.count() > 0 ? OptionalDouble.of(sum / means.count()) : OptionalDouble.empty();
    }
}
