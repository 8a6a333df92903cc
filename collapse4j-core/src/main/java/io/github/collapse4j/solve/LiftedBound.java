package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.DualBound.BiasCost;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.UfmProblem;

/**
 * A lower bound for the true class counts from residuals of a coarse grouping, with G×G work (docs/theory.md §6). A
 * class of n samples in a group of mean count n̂ gets the group's residual times θn̂/n. All classes of a group then
 * have the same weighted residual, so the bias equation of the coarse problem also holds for the true counts, and each
 * column of Ĝ is at most as long as that of the group's smallest class: σ_max is at most that of one G×G matrix.
 */
final class LiftedBound {
    private final UfmProblem problem;
    private final ClassGroups coarse;
    private final ClassGroups fine;
    private final int[] parent;
    private final double[] smallest;
    private final DataTerm coarseData;
    private final DataTerm fineData;

    /**
     * Prepares everything that does not depend on the residuals.
     *
     * @param model the coarse problem
     * @param fine the groups of equal counts
     */
    LiftedBound(TwinModel model, ClassGroups fine) {
        this.problem = model.problem();
        this.coarse = model.groups();
        this.fine = fine;
        this.parent = coarse.parents(fine);
        this.smallest = new double[coarse.groups()];
        double[] weights = new double[fine.groups()];
        for (int f = 0; f < weights.length; f++) {
            // Counts descend, so the last fine group of a coarse group has the smallest count.
            smallest[parent[f]] = fine.counts()[f];
            weights[f] = fine.sizes()[f] * fine.counts()[f] / fine.samples();
        }
        this.coarseData = model.data();
        this.fineData = DataTerm.ofGroups(problem.loss(), coarse.sizes(), parent, weights);
    }

    /**
     * The bound.
     *
     * @param residual residuals of any point of the coarse problem, {@code (G+1)×G}
     * @param objective the value of some point of the true problem
     */
    LowerBound of(Matrix residual, double objective) {
        boolean free = problem.bias() instanceof Bias.Free;
        Matrix dual = free ? withoutBiasGradient(residual) : residual;
        double[] sizes = new double[coarse.groups()];
        for (int g = 0; g < sizes.length; g++) {
            sizes[g] = coarse.sizes()[g];
        }
        BiasCost cost = BiasCost.of(
                problem,
                biasGradient(dual),
                sizes,
                DualBound.absoluteResidual(coarseData, dual),
                coarseData.rows() + coarseData.columns(),
                objective,
                smallest[smallest.length - 1]);
        double feasible = Math.max(sigmaMax(dual), problem.mu() * largestOwnShare(dual));
        return DualBound.of(fineData, spread(dual), feasible, problem.mu(), cost);
    }

    /** {@code ∇g·1} for one class of each group. */
    private double[] biasGradient(Matrix residual) {
        int n = coarse.groups();
        double[] sums = new double[n];
        for (int g = 0; g < n; g++) {
            double weight = coarseData.weight(g);
            for (int h = 0; h < n; h++) {
                sums[h] += weight * coarseData.multiplicity(h, g) * residual.get(h, g);
            }
            sums[g] += weight * residual.get(n, g);
        }
        for (int h = 0; h < n; h++) {
            sums[h] /= coarse.sizes()[h];
        }
        return sums;
    }

    /**
     * Residuals with ∇g·1 = 0 near the given ones. Subtracting γ = ∇g·1 from every column projects Ĝ, which cannot
     * raise its norm; for cross-entropy, probabilities that would become negative are mixed with the class shares ω,
     * for which ∇g·1 = 0 as well: {@code q ← (1 − t)(q − γ1ᵀ) + tω1ᵀ}.
     */
    private Matrix withoutBiasGradient(Matrix residual) {
        int n = coarse.groups();
        double[] gradient = biasGradient(residual);
        boolean probabilities = problem.loss().isShiftInvariant();
        double mixed = 0;
        for (int h = 0; h < n && probabilities; h++) {
            double excess = Math.max(0, gradient[h]);
            mixed = Math.max(mixed, excess / (share(h) + excess));
        }
        Matrix repaired = Matrix.zeros(n + 1, n);
        for (int g = 0; g < n; g++) {
            double others = 0;
            for (int h = 0; h < n; h++) {
                double entry = (1 - mixed) * (residual.get(h, g) - gradient[h]) + mixed * share(h);
                double multiplicity = coarseData.multiplicity(h, g);
                // An entry of no class stays zero, and one that rounding made negative becomes zero.
                double kept = multiplicity == 0 ? 0 : probabilities ? Math.max(0, entry) : entry;
                repaired.set(h, g, kept);
                others += multiplicity * kept;
            }
            repaired.set(n, g, probabilities ? -others : residual.get(n, g) - gradient[g]);
        }
        return repaired;
    }

    private double share(int group) {
        return coarse.counts()[group] / coarse.samples();
    }

    /** An upper bound of σ_max(Ĝ) for θ = 1, from the smallest class of each group. */
    private double sigmaMax(Matrix residual) {
        int n = coarse.groups();
        double entryError = DualBound.entryError(problem.classes());
        Matrix core = Matrix.zeros(n, n);
        double separation = 0;
        double cancelling = 0;
        for (int g = 0; g < n; g++) {
            double size = coarse.sizes()[g];
            double factor = coarse.counts()[g] / (Math.sqrt(smallest[g]) * coarse.samples());
            for (int h = 0; h < n; h++) {
                core.set(h, g, factor * Math.sqrt(coarse.sizes()[h] * size) * residual.get(h, g));
            }
            double own = residual.get(n, g);
            double same = size > 1 ? residual.get(g, g) : 0;
            core.set(g, g, factor * (own + (size - 1) * same));
            cancelling = Math.max(cancelling, factor * (Math.abs(own) + (size - 1) * Math.abs(same)));
            separation = size > 1 ? Math.max(separation, factor * Math.abs(own - same)) : separation;
        }
        double ofCore = SpectralNorm.upperBound(core, entryError) + entryError * cancelling;
        return Math.max(ofCore, separation * (1 + entryError));
    }

    /** The largest own entry at θ = 1, which must be at most 1 for a distribution; 0 if there are no distributions. */
    private double largestOwnShare(Matrix residual) {
        if (!problem.loss().isShiftInvariant()) {
            return 0;
        }
        int n = coarse.groups();
        double largest = 0;
        for (int g = 0; g < n; g++) {
            largest = Math.max(largest, coarse.counts()[g] / smallest[g] * Math.abs(residual.get(n, g)));
        }
        return largest;
    }

    /** The residuals of all groups of equal counts for θ = 1. */
    private Matrix spread(Matrix residual) {
        int rows = coarse.groups() + 1;
        Matrix spread = Matrix.zeros(rows, fine.groups());
        for (int f = 0; f < fine.groups(); f++) {
            double ratio = coarse.counts()[parent[f]] / fine.counts()[f];
            for (int h = 0; h < rows; h++) {
                spread.set(h, f, ratio * residual.get(h, parent[f]));
            }
        }
        return spread;
    }
}
