package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exploiting the symmetry of equal classes changes nothing (docs/theory.md §6). */
class GroupedSolutionTest {
    private static final double VALUE = 1e-11;
    /** Logits are determined to the square root of the gap over the curvature. */
    private static final double LOGITS = 1e-5;

    record Case(UfmProblem problem, Seeded seeded) {
        @Override
        public String toString() {
            return Problems.describe(problem) + ", " + seeded;
        }
    }

    /** A few different counts, each shared by one to four classes. */
    static Stream<Case> cases() {
        Stream<Family> families = Stream.concat(
                Arrays.stream(BiasKind.values()).map(bias -> new Family(new CrossEntropy(), bias)),
                Stream.of(new Family(new SquaredError(), BiasKind.REGULARISED)));
        return families.flatMap(family -> Seeded.range(400, 12).map(seeded -> {
            int groups = seeded.between(1, 4);
            long[] counts = new long[0];
            for (int g = 0; g < groups; g++) {
                long[] longer = Arrays.copyOf(counts, counts.length + seeded.between(1, 4));
                Arrays.fill(longer, counts.length, longer.length, seeded.between(1, 30));
                counts = longer;
            }
            UfmProblem template = Problems.random(family, seeded);
            ClassCounts classCounts = ClassCounts.of(counts);
            double threshold = Math.sqrt((double) Arrays.stream(counts).max().orElseThrow()) / classCounts.samples();
            double mu = threshold * seeded.logUniform(0.01, 1.1);
            UfmProblem problem =
                    new UfmProblem(family.loss(), classCounts, counts.length, 2 * mu, mu / 2, template.bias());
            return new Case(problem, seeded);
        }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsTheSolutionInWhichEveryClassIsAGroup(Case example) {
        TwinSolution grouped = Twins.byNewton(example.problem());
        TwinSolution alone = Twins.bySingletons(example.problem());
        String what = example.toString();
        assertTrue(alone.groups().groups() >= grouped.groups().groups());
        Close.assertClose(0, grouped.relativeGap(), 0, VALUE, "gap, " + what);
        Close.assertClose(grouped.objective(), alone.objective(), VALUE, "objective, " + what);
        Close.assertAtMost(alone.objective() * (1 + 1e-14), grouped.lowerBound().value(), "bound, " + what);
        Close.assertClose(Twins.logits(alone).data(), Twins.logits(grouped).data(), LOGITS, LOGITS, "logits, " + what);
        assertEquals(alone.rank(), grouped.rank(), "rank, " + what);
        Close.assertClose(alone.sigmaOverMu(), grouped.sigmaOverMu(), 1e-6, "σ/μ, " + what);
    }
}
