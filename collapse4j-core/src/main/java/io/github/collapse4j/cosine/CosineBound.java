package io.github.collapse4j.cosine;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.linalg.UnitRoundOff;
import io.github.collapse4j.model.CrossEntropy;
import java.util.Arrays;

/**
 * Weak duality on the spheres (docs/theory.md §13): for any point, any positive a and b, any {@code 0 ≤ c ≤ 1} and
 * {@code s = σ_max(D_a^{−½}GD_b^{−½})}, no point of any dimension is below {@code −g*(cG) − c·s·√(Σa·Σb)}. Two choices of
 * weights are tried: the multipliers α and β, tight at a global minimum, and the sums of |G| over rows and columns, for
 * which s ≤ 1 everywhere. As in {@code DualBound}, s is an upper bound and the sum is lowered by its own worst round-off.
 */
public final class CosineBound {
    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy();
    /** A multiplier below this share of its terms is replaced by that share. */
    private static final double MIN_SHARE = 1e-8;

    private static final int HALVINGS = 20;

    private CosineBound() {}

    /** The highest of the bounds from one point; {@code sigmaMax} is s and {@code scale} is c. */
    public static LowerBound of(CosineDerivatives at) {
        LowerBound best = LowerBound.NONE;
        for (Weights weights : new Weights[] {Weights.multipliers(at), Weights.masses(at)}) {
            double scale = 1;
            for (int i = 0; i <= HALVINGS; i++) {
                LowerBound bound = of(at, weights, scale);
                if (bound.value() > best.value()) {
                    best = bound;
                } else if (i > 0) {
                    break; // concave in c
                }
                scale /= 2;
            }
        }
        return best;
    }

    /** The bound with the multipliers at c = 1 only, which is tight at a global minimum. */
    static LowerBound atMinimum(CosineDerivatives at) {
        return of(at, Weights.multipliers(at), 1);
    }

    /** s for a = α and b = β: at a critical point with positive multipliers it is 1 if and only if S ⪰ 0, else larger. */
    static double weightedSigma(CosineDerivatives at) {
        return SpectralNorm.of(Weights.multipliers(at).scaled(at.gradient()));
    }

    private static LowerBound of(CosineDerivatives at, Weights weights, double scale) {
        CosineProblem problem = at.problem();
        double[] ones = new double[problem.classes()];
        Arrays.fill(ones, 1);
        double entropy = 0;
        double margin = 0;
        double sensitivity = 0;
        for (int i = 0; i < problem.groups(); i++) {
            var column = problem.column(i, ones);
            double weight = problem.weight(i);
            entropy += weight * CROSS_ENTROPY.conjugate(column, at.residual().data(), scale);
            sensitivity +=
                    weight * CROSS_ENTROPY.sensitivity(column, at.residual().data(), scale);
            int own = problem.labels()[i];
            margin += weight
                    * problem.temperature()
                    * problem.margins()[own]
                    * scale
                    * at.residual().get(own, i);
        }
        double entryError = (problem.classes() + 24.0) * UnitRoundOff.DOUBLE;
        double sigma = SpectralNorm.upperBound(weights.scaled(at.gradient()), entryError);
        double penalty = scale * sigma * Math.sqrt(sum(weights.ofRows()) * sum(weights.ofColumns()));
        double terms = Math.abs(entropy) + 2 * sensitivity + 2 * Math.abs(margin) + penalty;
        double roundOff = UnitRoundOff.DOUBLE * (problem.classes() + problem.groups() + 24.0) * terms;
        double value = -entropy - margin - penalty - roundOff;
        return new LowerBound(value, sigma, scale, roundOff);
    }

    private static double sum(double[] terms) {
        return Arrays.stream(terms).sum();
    }

    /** Positive weights of the rows and columns of G; 0 where a row or column vanishes, which then adds nothing to s. */
    private record Weights(double[] ofRows, double[] ofColumns) {
        static Weights multipliers(CosineDerivatives at) {
            double[] all = at.multipliers().clone();
            for (int j = 0; j < all.length; j++) {
                all[j] = Math.max(all[j], MIN_SHARE * at.masses()[j]);
            }
            return split(all, at.problem().classes());
        }

        static Weights masses(CosineDerivatives at) {
            return split(at.masses(), at.problem().classes());
        }

        private static Weights split(double[] all, int classes) {
            return new Weights(Arrays.copyOf(all, classes), Arrays.copyOfRange(all, classes, all.length));
        }

        /** {@code D_a^{−½}GD_b^{−½}}. */
        Matrix scaled(Matrix gradient) {
            Matrix result = gradient.copy();
            for (int i = 0; i < result.columns(); i++) {
                for (int k = 0; k < result.rows(); k++) {
                    double g = gradient.get(k, i);
                    if (g != 0) {
                        result.set(k, i, g / Math.sqrt(ofRows[k]) / Math.sqrt(ofColumns[i]));
                    }
                }
            }
            return result;
        }
    }
}
