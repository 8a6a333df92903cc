package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.Proof;

/**
 * Creates the proof of a strict saddle: a critical point of lower dimension than the model, which has curvature
 * {@code −2(σ_max − μ)} along the largest singular pair of ∇g (docs/theory.md §4).
 */
final class SaddleProver {
    private final ExactModel model;
    private final int d;

    /** A prover for a model in the given feature dimension. */
    SaddleProver(ExactModel model, int d) {
        this.model = model;
        this.d = d;
    }

    /** The proof for a point of rank below d, given without its zero columns. */
    Proof.StrictSaddle proof(UfmPoint point) {
        int rank = point.classifier().columns();
        UfmModel reduced = UfmModel.reduced(Translation.problem(model, rank));
        return proof(reduced, Refinement.of(model, reduced, Translation.exact(point, model.bias())));
    }

    /** The proof for W = 0 and Ĥ = 0, for a model with a bias. */
    Proof.StrictSaddle proofAtZero() {
        return proof(UfmModel.reduced(Translation.problem(model, 1)), ZeroPoint.of(model));
    }

    private Proof.StrictSaddle proof(UfmModel reduced, Refinement refined) {
        double size = Refinement.below(refined.smallestSize());
        return new Proof.StrictSaddle(
                model, d, refined.point(), direction(reduced, refined.point()), refined.slice(), size * size);
    }

    private ExactPoint direction(UfmModel reduced, ExactPoint exact) {
        UfmProblem problem = reduced.problem();
        UfmPoint point = Translation.point(exact.dimension() == 0 ? exact.padTo(1, model.groups()) : exact);
        int classes = problem.classes();
        int rank = exact.dimension();
        int groups = problem.groups();
        Matrix gradient = Matrix.zeros(classes, groups);
        reduced.dataTerm().evaluate(reduced.logits(point.product(), point.bias()), gradient);
        for (int j = 0; j < groups; j++) {
            double factor = reduced.dataTerm().weight(j) * reduced.scale(j);
            for (int k = 0; k < classes; k++) {
                gradient.set(k, j, gradient.get(k, j) * factor);
            }
        }
        Svd svd = LinearAlgebra.svd(gradient);
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        double[][] w = new double[classes][d];
        double[][] h = new double[d][groups];
        for (int k = 0; k < classes; k++) {
            w[k][rank] = ratio * svd.u().get(k, 0);
        }
        for (int k = 0; k < groups; k++) {
            h[rank][k] = -svd.v().get(k, 0) / ratio;
        }
        return new ExactPoint(w, h, new double[exact.b().length]);
    }
}
