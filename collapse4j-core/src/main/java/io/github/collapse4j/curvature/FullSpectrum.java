package io.github.collapse4j.curvature;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All Kd + dN (+ K) eigenvalues of the Hessian of the full model, one feature per sample, computed from the reduced
 * model alone (docs/theory.md §2): those of the reduced Hessian and, for each class k, the d eigenvalues of
 * {@code λ_H I + (1/N)WᵀS_kW}, each n_k − 1 times. This holds wherever all features of a class are equal, and thus at
 * every critical point. The second family is at least λ_H, so index and nullity are those of the reduced model.
 *
 * @param reduced the spectrum of the reduced model
 * @param within per class, the directions that move its samples relative to each other
 */
public record FullSpectrum(Spectrum.Complete reduced, List<WithinClass> within) {
    /**
     * Directions that move the samples of one class relative to each other.
     *
     * @param label the class k
     * @param eigenvalues d eigenvalues, ascending
     * @param multiplicity multiplicity of each, n_k − 1
     */
    public record WithinClass(int label, double[] eigenvalues, long multiplicity) {}

    /** An eigenvalue and its multiplicity. */
    public record Level(double value, long multiplicity) {}

    /** The spectrum at the class-constant point that corresponds to a point of a reduced model. */
    public static FullSpectrum at(UfmModel model, UfmPoint point) {
        return at(model, point, Spectrum.complete(model, point));
    }

    /** Like {@link #at(UfmModel, UfmPoint)}, for a known spectrum of the reduced model at the point. */
    public static FullSpectrum at(UfmModel model, UfmPoint point, Spectrum.Complete reduced) {
        return new FullSpectrum(reduced, within(model, point));
    }

    /** The smallest eigenvalue within classes at a point of a reduced model, without the rest of the spectrum. */
    public static double smallestWithin(UfmModel model, UfmPoint point) {
        return extreme(within(model, point), false);
    }

    private static List<WithinClass> within(UfmModel model, UfmPoint point) {
        UfmProblem problem = model.problem();
        DataTerm data = model.dataTerm();
        Matrix w = point.classifier();
        Matrix residual = Matrix.zeros(data.rows(), data.columns());
        data.evaluate(model.logits(point.product(), point.bias()), residual);
        double rankOne = data.loss().rankOneCurvature();
        List<WithinClass> within = new ArrayList<>();
        for (int k = 0; k < problem.classes(); k++) {
            double[] mass = new double[w.rows()];
            for (int l = 0; l < mass.length; l++) {
                mass[l] = data.loss().curvatureMass(residual.get(l, k), l == k);
            }
            Matrix curved = Matrix.zeros(w.rows(), w.columns());
            for (int a = 0; a < w.columns(); a++) {
                double mean = 0;
                for (int l = 0; l < mass.length; l++) {
                    mean += mass[l] * w.get(l, a);
                }
                for (int l = 0; l < mass.length; l++) {
                    curved.set(l, a, mass[l] * (w.get(l, a) - rankOne * mean));
                }
            }
            Matrix block = LinearAlgebra.multiply(w, Op.TRANSPOSE, curved, Op.NONE)
                    .scale(1.0 / problem.counts().samples())
                    .add(problem.lambdaH(), Matrix.identity(w.columns()));
            within.add(new WithinClass(
                    k,
                    LinearAlgebra.symmetricEigenvalues(block),
                    problem.counts().count(k) - 1));
        }
        return List.copyOf(within);
    }

    /** The number of eigenvalues: Kd + dN, plus K with a bias. */
    public long size() {
        return reduced.eigenvalues().length
                + within.stream()
                        .mapToLong(block -> block.multiplicity() * block.eigenvalues().length)
                        .sum();
    }

    /** The Morse index; directions within classes never contribute. */
    public int index() {
        return reduced.index();
    }

    /** The number of eigenvalues that count as zero. */
    public int nullity() {
        return reduced.nullity();
    }

    /** The smallest eigenvalue. */
    public double smallest() {
        return Math.min(reduced.smallest(), smallestWithin());
    }

    /** The largest eigenvalue. */
    public double largest() {
        return Math.max(reduced.largest(), extreme(within, true));
    }

    /** The smallest eigenvalue of directions within classes, at least λ_H; infinite if every class has one sample. */
    public double smallestWithin() {
        return extreme(within, false);
    }

    /** The condition number transverse to the symmetry orbit; infinite if that of the reduced model is. */
    public double condition() {
        double[] sizes =
                Arrays.stream(reduced.eigenvalues()).map(Math::abs).sorted().toArray();
        if (reduced.nullity() > reduced.orbitDimension()) {
            return Double.POSITIVE_INFINITY;
        }
        double least = reduced.orbitDimension() < sizes.length
                ? Math.min(sizes[reduced.orbitDimension()], smallestWithin())
                : smallestWithin();
        return Math.max(-smallest(), largest()) / least;
    }

    /**
     * Every eigenvalue with its multiplicity, ascending; equal eigenvalues of different origin are separate entries.
     */
    public List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        for (double value : reduced.eigenvalues()) {
            levels.add(new Level(value, 1));
        }
        for (WithinClass block : within) {
            for (double value : block.eigenvalues()) {
                if (block.multiplicity() > 0) {
                    levels.add(new Level(value, block.multiplicity()));
                }
            }
        }
        levels.sort(Comparator.comparingDouble(Level::value));
        return List.copyOf(levels);
    }

    private static double extreme(List<WithinClass> within, boolean largest) {
        double extreme = largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (WithinClass block : within) {
            if (block.multiplicity() > 0) {
                for (double value : block.eigenvalues()) {
                    extreme = largest ? Math.max(extreme, value) : Math.min(extreme, value);
                }
            }
        }
        return extreme;
    }
}
