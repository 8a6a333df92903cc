package io.github.collapse4j.nonnegative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import org.junit.jupiter.api.Test;

/** Where classes die behind a ReLU, against the closed forms of docs/theory.md §14 and against single solves. */
class ReluBoundariesTest {
    private static final ClassCounts COUNTS = ClassCounts.of(40, 22, 22, 6, 3);
    private static final double SAMPLES = 93;
    private static final double C = Math.sqrt(4.0 / 5);

    private static UfmProblem problem(TrainingLoss loss, double mu, Bias bias) {
        return new UfmProblem(loss.ofClasses(COUNTS), COUNTS, 5, mu, mu, bias);
    }

    @Test
    void withoutBiasTheFormulasHold() {
        TrainingLoss plain = TrainingLoss.of(TrainingLoss.Kind.SOFTMAX);
        double[] weights = {1, 2, 2, 3, 4};
        double sum = 40 + 2 * 44 + 3 * 6 + 4 * 3;
        double[] margins = {0, .5, .5, 1, 2};
        ReluBoundaries bare = of(plain);
        ReluBoundaries smoothed = of(plain.withSmoothing(0.2));
        ReluBoundaries weighted = of(plain.withClassWeights(weights));
        ReluBoundaries withMargins = of(plain.withMargins(margins));
        assertEquals(4, bare.deadFrom().length);
        int[] firsts = {0, 1, 3, 4};
        for (int g = 0; g < 4; g++) {
            int k = firsts[g];
            double root = Math.sqrt((double) COUNTS.count(k));
            check(root / SAMPLES * C, bare, g);
            check(0.8 * root / SAMPLES * C, smoothed, g);
            check(weights[k] * root / sum * C, weighted, g);
            // dead when q = (μN/√n)c ≥ (K − 1)/(K − 1 + e^{−m})
            check(root / SAMPLES / C * 4 / (4 + Math.exp(-margins[k])), withMargins, g);
        }
        assertEquals(bare.vanishing(), bare.deadFrom()[0].getAsDouble(), 1e-15);
    }

    private static ReluBoundaries of(TrainingLoss loss) {
        return ReluBoundaries.scan(problem(loss, 1e-3, new Bias.None()), 1e-3, 0.1, 3);
    }

    private static void check(double expected, ReluBoundaries boundaries, int group) {
        Close.assertClose(expected, boundaries.deadFrom()[group].getAsDouble(), 1e-13, "group " + group);
    }

    /** On both sides of every end, the group lasso of that μ says the same. */
    @Test
    void withABiasSolvesOnBothSidesAgree() {
        for (TrainingLoss.Kind kind : TrainingLoss.Kind.values()) {
            for (Bias bias : new Bias[] {new Bias.Free(), new Bias.Regularised(0.02)}) {
                UfmProblem problem = problem(TrainingLoss.of(kind), 1e-3, bias);
                double vanishing = ReluBoundaries.vanishing(problem);
                ReluBoundaries boundaries = ReluBoundaries.scan(problem, vanishing / 100, vanishing * (1 + 1e-9), 6);
                for (int g = 0; g < 4; g++) {
                    double mu = boundaries.deadFrom()[g].orElseThrow();
                    assertTrue(survives(problem, mu * (1 - 1e-5), g), kind + " " + bias + " below");
                    assertFalse(survives(problem, mu * (1 + 1e-5), g), kind + " " + bias + " above");
                }
                assertEquals(0, boundaries.scan().get(6).outlook().dimension());
                assertEquals(5, boundaries.scan().get(0).outlook().dimension());
            }
        }
    }

    private static boolean survives(UfmProblem p, double mu, int group) {
        return ReluOutlook.of(new UfmProblem(p.loss(), p.counts(), 5, mu, mu, p.bias()))
                .survives(group);
    }

    @Test
    void marginsAreThoseOfTheClosedForm() {
        double mu = 4e-3;
        ReluOutlook outlook = ReluOutlook.of(problem(TrainingLoss.of(TrainingLoss.Kind.SOFTMAX), mu, new Bias.None()));
        double q = mu * SAMPLES / Math.sqrt(22) * C;
        Close.assertClose(Math.log(4 * (1 / q - 1)), outlook.margin(1), 1e-12, "margin");
        assertEquals(5, outlook.dimension());
        Close.assertAtMost(1e-12, outlook.relativeGap(), "gap");
    }
}
