package io.github.collapse4j.prover;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.Proof;

/** Creates the proof of a spurious local minimum near a point; the checker decides whether it is valid. */
public final class MinimumProver {
    private final ExactModel model;
    private final UfmModel reduced;

    /** A prover for a model in the given feature dimension. */
    public MinimumProver(ExactModel model, int d) {
        this.model = model;
        this.reduced = UfmModel.reduced(Translation.problem(model, d));
    }

    /** A proof that there is a minimum near the first point, with a value above that of the second. */
    public Proof.SpuriousLocalMinimum proof(UfmPoint candidate, UfmPoint lower) {
        ExactPoint start = Translation.exact(candidate, model.bias());
        Refinement refined = Refinement.of(model, reduced, start);
        return new Proof.SpuriousLocalMinimum(
                model,
                refined.point(),
                Translation.exact(lower, model.bias()),
                refined.slice(),
                Refinement.below(refined.smallest()));
    }
}
