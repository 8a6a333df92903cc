package io.github.collapse4j.measure;

import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.testkit.BigReal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Exact sums and sums of products of the samples, and the metrics from them to 60 digits, by other formulas than the
 * library's: E[x²] − E[x]² (safe with exact numbers) and normal equations instead of a singular value decomposition.
 */
final class ExactMoments {
    private static final MathContext CONTEXT = BigReal.CONTEXT;

    private final int classes;
    private final int d;
    private final long samples;
    private final long[] counts;
    private final BigDecimal[][] means;
    private final BigDecimal[][] centred;
    private final BigDecimal[][] pooled;
    private final BigDecimal[] squares;

    ExactMoments(Samples data) {
        classes = data.classes();
        d = data.features().rows();
        samples = data.count();
        counts = new long[classes];
        BigDecimal[][] sums = zeros(classes, d);
        BigDecimal[][][] products = new BigDecimal[classes][][];
        Arrays.setAll(products, k -> zeros(d, d));
        BigDecimal[] h = new BigDecimal[d];
        for (int j = 0; j < data.count(); j++) {
            int k = data.labels()[j];
            counts[k]++;
            for (int a = 0; a < d; a++) {
                h[a] = BigReal.exact(data.features().get(a, j));
                sums[k][a] = sums[k][a].add(h[a]);
                for (int b = 0; b <= a; b++) {
                    products[k][a][b] = products[k][a][b].add(h[a].multiply(h[b]));
                }
            }
        }
        means = zeros(classes, d);
        pooled = zeros(d, d);
        squares = new BigDecimal[classes];
        for (int k = 0; k < classes; k++) {
            BigDecimal n = BigDecimal.valueOf(counts[k]);
            squares[k] = BigDecimal.ZERO;
            for (int a = 0; a < d; a++) {
                means[k][a] = sums[k][a].divide(n, CONTEXT);
                for (int b = 0; b <= a; b++) {
                    BigDecimal product = sums[k][a].multiply(sums[k][b]).divide(n, new MathContext(120));
                    BigDecimal scatter = products[k][a][b].subtract(product);
                    pooled[a][b] = pooled[a][b].add(scatter);
                    pooled[b][a] = pooled[a][b];
                    squares[k] = a == b ? squares[k].add(scatter) : squares[k];
                }
            }
        }
        centred = zeros(classes, d);
        for (int a = 0; a < d; a++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int k = 0; k < classes; k++) {
                sum = sum.add(means[k][a]);
            }
            BigDecimal mean = sum.divide(BigDecimal.valueOf(classes), CONTEXT);
            for (int k = 0; k < classes; k++) {
                centred[k][a] = means[k][a].subtract(mean);
            }
        }
    }

    private static BigDecimal[][] zeros(int rows, int columns) {
        BigDecimal[][] zeros = new BigDecimal[rows][columns];
        Arrays.stream(zeros).forEach(row -> Arrays.fill(row, BigDecimal.ZERO));
        return zeros;
    }

    /** v_k. */
    double variance(int k) {
        return squares[k].divide(BigDecimal.valueOf(counts[k]), CONTEXT).doubleValue();
    }

    double quotient() {
        BigDecimal within = Arrays.stream(squares).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal between = BigDecimal.ZERO;
        for (BigDecimal[] row : centred) {
            between = between.add(dot(row, row));
        }
        return within.divide(BigDecimal.valueOf(samples), CONTEXT)
                .divide(between.divide(BigDecimal.valueOf(classes), CONTEXT), CONTEXT)
                .doubleValue();
    }

    double cdnv() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < classes; i++) {
            for (int j = i + 1; j < classes; j++) {
                BigDecimal[] difference = new BigDecimal[d];
                for (int a = 0; a < d; a++) {
                    difference[a] = means[i][a].subtract(means[j][a]);
                }
                BigDecimal variances = squares[i]
                        .divide(BigDecimal.valueOf(counts[i]), CONTEXT)
                        .add(squares[j].divide(BigDecimal.valueOf(counts[j]), CONTEXT));
                sum = sum.add(variances.divide(dot(difference, difference), CONTEXT));
            }
        }
        return sum.divide(BigDecimal.valueOf((long) classes * (classes - 1)), CONTEXT)
                .doubleValue();
    }

    /**
     * tr(Σ_W Σ_B†)/K for independent means: with the first K − 1 columns A of M = A (I | −1), (MMᵀ)† = Zᵀ(I − J/K)Z for
     * Z = (AᵀA)⁻¹Aᵀ.
     */
    double trace() {
        int r = classes - 1;
        BigDecimal[][] system = zeros(r, r + d);
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                system[i][j] = dot(centred[i], centred[j]);
            }
            System.arraycopy(centred[i], 0, system[i], r, d);
        }
        eliminate(system, r);
        BigDecimal trace = BigDecimal.ZERO;
        BigDecimal all = BigDecimal.ZERO;
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                BigDecimal entry = BigDecimal.ZERO;
                for (int a = 0; a < d; a++) {
                    for (int b = 0; b < d; b++) {
                        entry = entry.add(
                                system[i][r + a].multiply(pooled[a][b], CONTEXT).multiply(system[j][r + b], CONTEXT));
                    }
                }
                all = all.add(entry);
                trace = i == j ? trace.add(entry) : trace;
            }
        }
        return trace.subtract(all.divide(BigDecimal.valueOf(classes), CONTEXT))
                .divide(BigDecimal.valueOf(samples), CONTEXT)
                .doubleValue();
    }

    private static void eliminate(BigDecimal[][] system, int r) {
        for (int p = 0; p < r; p++) {
            BigDecimal pivot = system[p][p];
            for (int c = 0; c < system[p].length; c++) {
                system[p][c] = system[p][c].divide(pivot, CONTEXT);
            }
            for (int i = 0; i < r; i++) {
                BigDecimal factor = system[i][p];
                for (int c = 0; i != p && c < system[p].length; c++) {
                    system[i][c] = system[i][c].subtract(factor.multiply(system[p][c], CONTEXT), CONTEXT);
                }
            }
        }
    }

    /** ‖MᵀM/‖MᵀM‖ − (I − J/K)/√(K−1)‖. */
    double etfDistance() {
        BigDecimal squared = BigDecimal.ZERO;
        for (BigDecimal[] left : centred) {
            for (BigDecimal[] right : centred) {
                squared = squared.add(dot(left, right).pow(2), CONTEXT);
            }
        }
        BigDecimal norm = squared.sqrt(CONTEXT);
        BigDecimal scale =
                BigDecimal.ONE.divide(BigDecimal.valueOf(classes - 1L).sqrt(CONTEXT), CONTEXT);
        BigDecimal distance = BigDecimal.ZERO;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                BigDecimal ideal = BigDecimal.valueOf(i == j ? classes - 1L : -1L)
                        .divide(BigDecimal.valueOf(classes), CONTEXT)
                        .multiply(scale, CONTEXT);
                BigDecimal difference =
                        dot(centred[i], centred[j]).divide(norm, CONTEXT).subtract(ideal);
                distance = distance.add(difference.pow(2), CONTEXT);
            }
        }
        return distance.sqrt(CONTEXT).doubleValue();
    }

    /** Coefficient of variation of ‖μ_k − μ_G‖. */
    double normVariation() {
        BigDecimal[] norms = new BigDecimal[classes];
        BigDecimal mean = BigDecimal.ZERO;
        for (int k = 0; k < classes; k++) {
            norms[k] = dot(centred[k], centred[k]).sqrt(CONTEXT);
            mean = mean.add(norms[k].divide(BigDecimal.valueOf(classes), CONTEXT));
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal norm : norms) {
            sum = sum.add(norm.subtract(mean).pow(2));
        }
        return sum.divide(BigDecimal.valueOf(classes), CONTEXT)
                .sqrt(CONTEXT)
                .divide(mean, CONTEXT)
                .doubleValue();
    }

    /** Cosine of two centred means. */
    double cosine(int i, int j) {
        return dot(centred[i], centred[j])
                .divide(
                        dot(centred[i], centred[i])
                                .multiply(dot(centred[j], centred[j]))
                                .sqrt(CONTEXT),
                        CONTEXT)
                .doubleValue();
    }

    private static BigDecimal dot(BigDecimal[] x, BigDecimal[] y) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < x.length; i++) {
            sum = sum.add(x[i].multiply(y[i]));
        }
        return sum.round(new MathContext(90));
    }
}
