package io.github.collapse4j.prover;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.Proof;

/** Writes down the proof of a spurious local minimum near a point; whether it is one, the checker says. */
final class MinimumProver {
    private final ExactModel model;
    private final UfmModel reduced;

    /** A prover for a model of some feature dimension. */
    MinimumProver(ExactModel model, int d) {
        this.model = model;
        this.reduced = UfmModel.reduced(Translation.problem(model, d));
    }

    /** A proof that there is a minimum near one point, and that it lies above another. */
    Proof.SpuriousLocalMinimum proof(UfmPoint candidate, UfmPoint lower) {
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
