package io.github.collapse4j.prover;

import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Proof;

/** Searches for a strict saddle of a given rank: the lowest minimum found in that dimension, not a minimum in more. */
public final class SaddleSearch {
    private final ExactModel model;
    private final SaddleProver prover;

    /** A search in an ungrouped model and a feature dimension. */
    public SaddleSearch(ExactModel model, int d) {
        this.model = model;
        this.prover = new SaddleProver(model, d);
    }

    /** A proof of a saddle of a rank below d, 0 only with a bias, which the checker may reject. */
    public Proof proof(int rank, long seed, int starts) {
        if (rank == 0) {
            return prover.proofAtZero();
        }
        UfmModel reduced = UfmModel.reduced(Translation.problem(model, rank));
        return prover.proof(new MultiStart(seed).best(reduced, starts).point());
    }
}
