package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;

/**
 * N times the twin of squared error as a function of the bias alone, minimised over R̂ (docs/theory.md §6). A bias
 * leaves the targets {@code A = T + z qᵀ} with {@code T = diag(√n)(I − qqᵀ)}, and is represented here by
 * {@code z = Aq = diag(√n)q − √N b̂}. The function is convex and continuously differentiable; its gradient is piecewise
 * smooth.
 */
final class BiasFunction {
    private final int n;
    private final double threshold;
    private final double lambda;
    private final double[] q;
    private final double[] mean;
    private final Matrix centred;
    private final double separated;

    BiasFunction(TwinModel model) {
        ClassGroups groups = model.groups();
        n = groups.groups();
        threshold = model.problem().mu() * groups.samples();
        lambda = model.problem().bias().lambda();
        q = new double[n];
        mean = new double[n];
        double[] shares = new double[n];
        double sum = 0;
        for (int g = 0; g < n; g++) {
            double root = Math.sqrt(groups.counts()[g]);
            shares[g] = groups.sizes()[g] * groups.counts()[g] / groups.samples();
            q[g] = Math.sqrt(shares[g]);
            mean[g] = root * q[g];
            sum += (groups.sizes()[g] - 1) * shrinkage(root);
        }
        separated = sum;
        centred = Matrix.zeros(n, n);
        for (int g = 0; g < n; g++) {
            // 1 − q_g² is summed from the other groups: next to a dominant group, a difference would be pure round-off.
            double others = 0;
            for (int h = 0; h < n; h++) {
                centred.set(h, g, -mean[h] * q[g]);
                others += h == g ? 0 : shares[h];
            }
            centred.set(g, g, Math.sqrt(groups.counts()[g]) * others);
        }
    }

    /**
     * The targets that a bias leaves, with their decomposition.
     *
     * @param z Aq
     * @param svd SVD of A
     * @param clipped min(σ_j, μN)
     * @param share Vᵀq
     */
    record Targets(double[] z, Svd svd, double[] clipped, double[] share) {}

    /** {@code diag(√n)q}: the z for zero bias. */
    double[] mean() {
        return mean;
    }

    double[] q() {
        return q;
    }

    Targets at(double[] z) {
        Matrix a = centred.copy();
        for (int g = 0; g < n; g++) {
            for (int h = 0; h < n; h++) {
                a.set(h, g, a.get(h, g) + z[h] * q[g]);
            }
        }
        Svd svd = LinearAlgebra.svd(a);
        double[] clipped = new double[n];
        for (int j = 0; j < n; j++) {
            clipped[j] = Math.min(svd.values()[j], threshold);
        }
        return new Targets(z, svd, clipped, times(svd.v(), Op.TRANSPOSE, q));
    }

    double value(Targets targets) {
        double sum = separated;
        for (double s : targets.svd().values()) {
            sum += shrinkage(s);
        }
        double[] bias = bias(targets);
        return sum + lambda / 2 * Vectors.dot(bias, bias);
    }

    /** The minimum of ½(ρ − s)² + μN|ρ|, without the cancellation in ½s² − ½(s − μN)². */
    private double shrinkage(double s) {
        return s <= threshold ? s * s / 2 : threshold * (s - threshold / 2);
    }

    /** √N b̂, from which the bias of a group is b_g = b̂_g/√m_g. */
    double[] bias(Targets targets) {
        double[] bias = mean.clone();
        for (int g = 0; g < n; g++) {
            bias[g] -= targets.z()[g];
        }
        return bias;
    }

    /** The gradient with respect to z. */
    double[] gradient(Targets targets) {
        double[] scaled = targets.share().clone();
        for (int j = 0; j < n; j++) {
            scaled[j] *= targets.clipped()[j];
        }
        double[] gradient = times(targets.svd().u(), Op.NONE, scaled);
        double[] bias = bias(targets);
        for (int g = 0; g < n; g++) {
            gradient[g] -= lambda * bias[g];
        }
        return gradient;
    }

    /** Newton's step −H⁻¹∇, where H is one of the generalised second derivatives; no curvature of H is below λ_b. */
    double[] newtonStep(Targets targets, double[] gradient) {
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(curvature(targets));
        double[] coordinates =
                times(eigen.vectors(), Op.TRANSPOSE, times(targets.svd().u(), Op.TRANSPOSE, gradient));
        for (int j = 0; j < n; j++) {
            coordinates[j] /= -(Math.max(0, eigen.values()[j]) + lambda);
        }
        return times(targets.svd().u(), Op.NONE, times(eigen.vectors(), Op.NONE, coordinates));
    }

    /**
     * The derivative of {@code U min(Σ, μN) Vᵀq} with respect to z, in the basis U: divided differences (Daleckii and
     * Krein).
     */
    private Matrix curvature(Targets targets) {
        double[] s = targets.svd().values();
        double[] clipped = targets.clipped();
        double[] share = targets.share();
        Matrix curvature = Matrix.zeros(n, n);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                boolean lowI = s[i] <= threshold;
                boolean lowJ = s[j] <= threshold;
                double symmetric = lowI == lowJ ? (lowI ? 1 : 0) : (clipped[i] - clipped[j]) / (s[i] - s[j]);
                double skew = lowI && lowJ ? 1 : (clipped[i] + clipped[j]) / (s[i] + s[j]);
                double sum = (symmetric + skew) / 2;
                double difference = (symmetric - skew) / 2;
                curvature.set(i, i, curvature.get(i, i) + sum * share[j] * share[j]);
                curvature.set(i, j, curvature.get(i, j) + difference * share[i] * share[j]);
            }
        }
        return curvature;
    }

    private static double[] times(Matrix a, Op op, double[] x) {
        return LinearAlgebra.multiply(a, op, Matrix.wrap(x.length, 1, x), Op.NONE)
                .data();
    }
}
