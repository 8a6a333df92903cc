package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;

/**
 * Carries a solution for coarse groups over to finer ones. Logits of a solution vary smoothly with the logarithm of the
 * class counts, so they are interpolated linearly in it (bilinearly for pairs of groups).
 */
final class Prolongation {
    private Prolongation() {}

    /** A starting point for {@code fine} from a solution of {@code coarse}. */
    static TwinPoint prolong(TwinModel coarse, TwinPoint solution, TwinModel fine) {
        int nc = coarse.size();
        Matrix weights = weights(coarse.groups().counts(), fine.groups().counts());
        Matrix logits = coarse.newLogits();
        coarse.logits(solution.separation(), solution.core(), new double[nc], logits);
        Matrix others = Matrix.zeros(nc, nc);
        Matrix own = Matrix.zeros(nc, 2);
        for (int g = 0; g < nc; g++) {
            System.arraycopy(logits.data(), g * (nc + 1), others.data(), g * nc, nc);
            own.set(g, 0, logits.get(nc, g));
            own.set(g, 1, solution.bias()[g]);
        }
        Matrix fineOthers =
                LinearAlgebra.multiply(LinearAlgebra.multiply(weights, others), Op.NONE, weights, Op.TRANSPOSE);
        Matrix fineOwn = LinearAlgebra.multiply(weights, own);
        return fromLogits(fine, fineOthers, fineOwn.column(0), fineOwn.column(1));
    }

    /** Row g holds the two interpolation weights of fine group g among the coarse groups. */
    private static Matrix weights(double[] coarse, double[] fine) {
        Matrix weights = Matrix.zeros(fine.length, coarse.length);
        int segment = 0;
        for (int g = 0; g < fine.length; g++) {
            if (coarse.length == 1) {
                weights.set(g, 0, 1);
                continue;
            }
            while (segment < coarse.length - 2 && fine[g] < coarse[segment + 1]) {
                segment++;
            }
            double left = Math.log(coarse[segment]);
            double t = (Math.log(fine[g]) - left) / (Math.log(coarse[segment + 1]) - left);
            double clamped = Math.max(-1, Math.min(2, t));
            weights.set(g, segment, 1 - clamped);
            weights.set(g, segment + 1, clamped);
        }
        return weights;
    }

    /** The point with the given logits (without bias) of other classes and of the own class, and the given biases. */
    static TwinPoint fromLogits(TwinModel model, Matrix others, double[] own, double[] bias) {
        int n = model.size();
        double[] separation = new double[n];
        Matrix core = Matrix.zeros(n, n);
        for (int g = 0; g < n; g++) {
            double size = model.groups().sizes()[g];
            double root = Math.sqrt(model.groups().counts()[g]);
            for (int h = 0; h < n; h++) {
                core.set(h, g, others.get(h, g) * Math.sqrt(model.groups().sizes()[h] * size) * root);
            }
            if (size > 1) {
                separation[g] = Math.max(0, (own[g] - others.get(g, g)) * root);
                core.set(g, g, others.get(g, g) * root * size + separation[g]);
            } else {
                core.set(g, g, own[g] * root);
            }
        }
        if (model.problem().loss().isShiftInvariant()) {
            removeCommonShift(model.groups(), core);
        }
        return new TwinPoint(separation, core, bias);
    }

    /** Makes every column of R̂ sum to zero, as at every critical point of a shift-invariant loss. */
    private static void removeCommonShift(ClassGroups groups, Matrix core) {
        int n = core.rows();
        for (int g = 0; g < n; g++) {
            double mean = 0;
            for (int h = 0; h < n; h++) {
                mean += Math.sqrt(groups.sizes()[h] / (double) groups.classes()) * core.get(h, g);
            }
            for (int h = 0; h < n; h++) {
                core.set(h, g, core.get(h, g) - mean * Math.sqrt(groups.sizes()[h] / (double) groups.classes()));
            }
        }
    }
}
