package io.github.collapse4j.landscape;

import io.github.collapse4j.certificate.CriticalPointFacts;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;

/**
 * Invariants under the symmetries of the model: the value, the singular values of W and of ∇g, and the norm of the
 * centred bias. Critical points that agree in all of them are regarded as images of each other.
 */
record SymmetryInvariants(double objective, double[] invariants) {
    private static final double SAME_OBJECTIVE = 1e-9;
    private static final double SAME_INVARIANT = 1e-6;

    static SymmetryInvariants of(UfmModel model, UfmPoint point) {
        CriticalPointFacts facts = CriticalPointFacts.of(model, point);
        double[] classifier = LinearAlgebra.svd(point.classifier()).values();
        double[] invariants =
                new double[classifier.length + facts.activeOverMu().length + facts.remainingOverMu().length + 2];
        int at = copy(classifier, invariants, 0);
        at = copy(facts.activeOverMu(), invariants, at);
        at = copy(facts.remainingOverMu(), invariants, at);
        double[] bias = point.bias().clone();
        double mean = Vectors.sum(bias) / bias.length;
        for (int k = 0; k < bias.length; k++) {
            bias[k] -= mean;
        }
        invariants[at] = Vectors.norm(bias);
        invariants[at + 1] = facts.rank();
        return new SymmetryInvariants(facts.objective(), invariants);
    }

    private static int copy(double[] from, double[] into, int at) {
        System.arraycopy(from, 0, into, at, from.length);
        return at + from.length;
    }

    boolean matches(SymmetryInvariants other) {
        if (Math.abs(objective - other.objective) > SAME_OBJECTIVE * Math.abs(objective)
                || invariants.length != other.invariants.length) {
            return false;
        }
        for (int i = 0; i < invariants.length; i++) {
            double size = Math.max(1, Math.abs(invariants[i]));
            if (Math.abs(invariants[i] - other.invariants[i]) > SAME_INVARIANT * size) {
                return false;
            }
        }
        return true;
    }
}
