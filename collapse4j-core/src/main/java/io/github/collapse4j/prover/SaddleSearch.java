package io.github.collapse4j.prover;

import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Proof;

/** Looks for a strict saddle of a given rank: the lowest minimum found in so many dimensions, which is none in more. */
public final class SaddleSearch {
    private final ExactModel model;
    private final SaddleProver prover;

    /** A search of a model that is not grouped, in a feature dimension. */
    public SaddleSearch(ExactModel model, int d) {
        this.model = model;
        this.prover = new SaddleProver(model, d);
    }

    /** A proof, which the checker may refuse, of a saddle of a rank below d. */
    public Proof proof(int rank, long seed, int starts) {
        UfmModel reduced = UfmModel.reduced(Translation.problem(model, rank));
        return prover.proof(new MultiStart(seed).best(reduced, starts).point());
    }
}
