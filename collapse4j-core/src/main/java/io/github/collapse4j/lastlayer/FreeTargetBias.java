package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.stats.DoubledSums;
import java.util.Arrays;
import java.util.Optional;

/**
 * Brings ∇g·1 of a layer with targets to zero by Newton's method in b, a pass for each step, as a dual point for a free
 * bias must satisfy it (docs/theory.md §4).
 */
final class FreeTargetBias {
    private static final int MAX_STEPS = 4;

    /** Share of the terms' magnitudes at which ∇g·1 is zero to round-off. */
    private static final double EXACT = 1e-15;

    /**
     * Eigenvalues below this share of the largest belong to directions that leave all differences of logits unchanged.
     */
    private static final double SINGULAR = 1e-12;

    private FreeTargetBias() {}

    /** The layer with a bias at which ‖∇g·1‖ is smaller; the layer itself if no step makes it so. */
    static TargetLayer improve(TargetLayer layer, TrainingLoss statement, int batchSize) {
        TargetLayer best = layer;
        Newton now = Newton.at(layer, statement, batchSize);
        for (int i = 0; i < MAX_STEPS && now.size() > EXACT * now.terms(); i++) {
            double[] b = best.offsets().clone();
            Vectors.add(1, now.step(), b);
            TargetLayer next = new TargetLayer(layer.samples(), layer.targets(), layer.classifier(), Optional.of(b));
            Newton then = Newton.at(next, statement, batchSize);
            if (!(then.size() < now.size())) {
                return best;
            }
            best = next;
            now = then;
        }
        return best;
    }

    /**
     * First and second derivative of the summed loss by b.
     *
     * @param terms the sum of the magnitudes of the gradient's terms
     */
    private record Newton(double[] gradient, double terms, Matrix hessian) {
        static Newton at(TargetLayer layer, TrainingLoss statement, int batchSize) {
            int classes = layer.classifier().rows();
            DoubledSums sums = new DoubledSums(classes + 1);
            DoubledSums second = new DoubledSums(classes * classes);
            layer.forEach(statement, batchSize, batch -> {
                sums.add(gradient(batch));
                second.add(hessian(batch).data());
            });
            double[] values = sums.values();
            double[] gradient = Arrays.copyOf(values, classes);
            return new Newton(gradient, values[classes], Matrix.wrap(classes, classes, second.values()));
        }

        /** The sums of the residuals, followed by that of all magnitudes. */
        private static double[] gradient(TargetLayer.Batch batch) {
            Matrix residual = batch.residual();
            int classes = residual.rows();
            double[] sums = new double[classes + 1];
            for (int i = 0; i < residual.data().length; i++) {
                sums[i % classes] += residual.data()[i];
                sums[classes] += Math.abs(residual.data()[i]);
            }
            return sums;
        }

        /** {@code Σ_j diag(m_j) − rankOne_j·m_j m_jᵀ}. */
        private static Matrix hessian(TargetLayer.Batch batch) {
            DataTerm data = batch.data();
            Matrix masses = Matrix.zeros(data.rows(), data.columns());
            double[] diagonal = new double[data.rows()];
            for (int j = 0; j < data.columns(); j++) {
                double root = Math.sqrt(data.rankOne(j));
                for (int k = 0; k < data.rows(); k++) {
                    double mass = data.mass(batch.residual(), k, j);
                    diagonal[k] += mass;
                    masses.set(k, j, root * mass);
                }
            }
            Matrix hessian = Matrix.zeros(data.rows(), data.rows());
            for (int k = 0; k < diagonal.length; k++) {
                hessian.set(k, k, diagonal[k]);
            }
            LinearAlgebra.multiply(-1, masses, Op.NONE, masses, Op.TRANSPOSE, 1, hessian);
            return hessian;
        }

        double size() {
            return Vectors.norm(gradient);
        }

        double[] step() {
            SymmetricEigen eigen = LinearAlgebra.symmetricEigen(hessian);
            double[] values = eigen.values();
            double[] step = new double[gradient.length];
            for (int a = 0; a < values.length; a++) {
                if (values[a] > SINGULAR * values[values.length - 1]) {
                    double[] axis = eigen.vectors().column(a);
                    Vectors.add(-Vectors.dot(axis, gradient) / values[a], axis, step);
                }
            }
            return step;
        }
    }
}
