package io.github.collapse4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.EuclideanTrustRegion;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EqualMarginsTest {
    private static final ClassCounts TAIL = ClassCounts.of(500, 200, 80, 30, 12);

    record Case(Kind kind, double smoothing, Bias bias, ClassCounts counts) {}

    static Stream<Case> cases() {
        return Stream.of(new Bias.None(), Bias.ofLambda(0.01), new Bias.Free())
                .flatMap(bias -> Stream.of(TAIL, ClassCounts.of(50, 50, 50, 5, 5))
                        .flatMap(counts -> Stream.of(
                                new Case(Kind.SOFTMAX, 0, bias, counts),
                                new Case(Kind.SOFTMAX, 0.1, bias, counts),
                                new Case(Kind.SIGMOID, 0, bias, counts),
                                new Case(Kind.SQUARED, 0, bias, counts))));
    }

    private static PlanSetting setting(Case given) {
        return new PlanSetting(given.counts(), 0.3 * largestMu(given.counts(), 0), given.bias());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void weightsEqualiseAllMargins(Case given) {
        PlanSetting setting = setting(given);
        TrainingLoss base = TrainingLoss.of(given.kind()).withSmoothing(given.smoothing());
        EqualMargins.Found found =
                assertInstanceOf(EqualMargins.Found.class, new EqualMargins(setting, base).weights());
        assertEquals(given.smoothing(), found.loss().smoothing());
        assertEquals(1, found.loss().classWeights().orElseThrow()[0]);
        assertTrue(found.outlook().margins()[0] > 0);
        double[] margins = directMargins(setting.problem(found.loss()));
        double spread = Arrays.stream(margins).max().orElseThrow()
                - Arrays.stream(margins).min().orElseThrow();
        assertTrue(spread <= 1e-8, () -> given + ": " + Arrays.toString(margins));
    }

    @Test
    void anOffsetEqualisesTheMarginsOfTheRarestAndTheMostFrequent() {
        ClassCounts counts = ClassCounts.of(50, 50, 50, 20, 20);
        for (Bias bias : new Bias[] {new Bias.None(), Bias.ofLambda(0.01), new Bias.Free()}) {
            PlanSetting setting = new PlanSetting(counts, 0.002, bias);
            EqualMargins.Found found = assertInstanceOf(
                    EqualMargins.Found.class, new EqualMargins(setting, TrainingLoss.of(Kind.SOFTMAX)).adjustment());
            assertTrue(found.loss().logitAdjustment() > 0);
            double[] margins = directMargins(setting.problem(found.loss()));
            assertEquals(margins[0], margins[4], 1e-8, bias.toString());
        }
    }

    @Test
    void saysWhyThereIsNone() {
        PlanSetting merged = new PlanSetting(ClassCounts.of(50, 50, 5, 5), 0.03, new Bias.None());
        TrainingLoss loss = TrainingLoss.of(Kind.SOFTMAX);
        assertEquals(
                new EqualMargins.NotFound("the rarest classes are one at this μ, which no offset changes"),
                new EqualMargins(merged, loss).adjustment());
        PlanSetting beyond = merged.withMu(largestMu(merged.counts(), 0) * 1.001);
        assertEquals(
                new EqualMargins.NotFound(
                        "weights ∝ 1/√n merge some classes at this μ, and where every class has an equal no weights do better"),
                new EqualMargins(beyond, loss).weights());
        PlanSetting balanced = new PlanSetting(ClassCounts.balanced(4, 10), 0.01, new Bias.None());
        assertEquals(new EqualMargins.NotFound("all classes are alike"), new EqualMargins(balanced, loss).weights());
        assertEquals(new EqualMargins.NotFound("all classes are alike"), new EqualMargins(balanced, loss).adjustment());
        assertEquals(
                new EqualMargins.NotFound("logit adjustment is for softmax losses"),
                new EqualMargins(merged, TrainingLoss.of(Kind.SIGMOID)).adjustment());
    }

    /** docs/theory.md §12: with weights ∝ 1/√n all groups merge at the same μ, and no weights do better. */
    @Test
    void inverseRootsKeepClassesApartLongest() {
        ClassCounts counts = ClassCounts.of(90, 90, 20, 20, 20, 4, 4);
        double largest = largestMu(counts, 0.1);
        TrainingLoss loss = TrainingLoss.of(Kind.SOFTMAX).withSmoothing(0.1);
        PlanSetting setting = new PlanSetting(counts, largest, new Bias.None());
        TrainingLoss roots = loss.withClassWeights(ClassWeights.inverseRoots(counts));
        Outlook below = setting.withMu(largest * (1 - 1e-4)).outlook(roots);
        assertEquals(7, below.classes(Outlook.Fate.APART) + below.classes(Outlook.Fate.OUTSCORED));
        for (int g = 0; g < 3; g++) {
            assertEquals(largest, below.criticalMu(g).orElseThrow(), 1e-14);
        }
        Seeded.range(300, 20).forEach(seeded -> {
            double[] weights =
                    Arrays.stream(seeded.gaussian(7, 1)).map(Math::exp).toArray();
            Outlook outlook = setting.outlook(loss.withClassWeights(
                    weights[0], weights[0], weights[1], weights[1], weights[1], weights[2], weights[2]));
            double lowest = IntStream.range(0, 3)
                    .mapToDouble(g -> outlook.criticalMu(g).orElseThrow())
                    .min()
                    .orElseThrow();
            assertTrue(lowest <= largest * (1 + 1e-14), seeded::toString);
        });
    }

    /** Margins of a descent in W, H and b of the model itself, with classes and not groups, from a random start. */
    private static double[] directMargins(UfmProblem problem) {
        UfmModel model = UfmModel.reduced(problem);
        UfmObjective objective = model.objective();
        double[] start = objective.toVector(model.randomPoint(Seeded.of(5).random(), 0.7));
        double[] end = new EuclideanTrustRegion(EuclideanTrustRegion.Options.defaults())
                .minimize(
                        objective,
                        start,
                        Limits.defaults().withGradientTolerance(1e-15).withMaxIterations(2000))
                .point();
        UfmPoint point = objective.toPoint(end);
        Matrix logits = model.logits(point.product(), point.bias());
        double[] margins = new double[problem.classes()];
        for (int k = 0; k < margins.length; k++) {
            double[] column = logits.column(k);
            int own = k;
            margins[k] = column[k]
                    - IntStream.range(0, column.length)
                            .filter(h -> h != own)
                            .mapToDouble(h -> column[h])
                            .max()
                            .orElseThrow();
        }
        return margins;
    }

    /**
     * {@code (1 − ε)/Σ_k √n_k}: from this μ on, no class weights keep the classes apart if every class has another of its
     * count; below it, those of {@link ClassWeights#inverseRoots} do.
     *
     * @param smoothing ε of label smoothing
     */
    private static double largestMu(ClassCounts counts, double smoothing) {
        return (1 - smoothing)
                / Arrays.stream(counts.toArray()).mapToDouble(Math::sqrt).sum();
    }
}
