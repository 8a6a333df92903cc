package io.github.collapse4j.lastlayer;

/**
 * The penalties that stationarity implies (docs/theory.md §8): {@code ⟨∇g, WH⟩ = −λ_W‖W‖² = −λ_H‖H‖²}. They are
 * negative if ⟨∇g, WH⟩ &gt; 0, that is if smaller logits along WH would lower the loss even without penalties.
 *
 * @param mu −⟨∇g, WH⟩/(‖W‖‖H‖)
 * @param lambdaW −⟨∇g, WH⟩/‖W‖²
 * @param lambdaH −⟨∇g, WH⟩/‖H‖²
 */
public record ImpliedPenalty(double mu, double lambdaW, double lambdaH) {
    static ImpliedPenalty of(double inner, double normW, double normH) {
        return new ImpliedPenalty(-inner / (normW * normH), -inner / (normW * normW), -inner / (normH * normH));
    }
}
