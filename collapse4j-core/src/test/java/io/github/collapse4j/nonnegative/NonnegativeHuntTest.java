package io.github.collapse4j.nonnegative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spurious minima at d = K that docs/theory.md §14 knows, found from random starts. */
@Tag("heavy")
class NonnegativeHuntTest {
    /** Eigenvalues are given to three digits or more. */
    private static final double DIGITS = 2e-3;

    private static NonnegativeHunt.Finding nearest(List<NonnegativeHunt.Finding> findings, double value) {
        return findings.stream()
                .min(Comparator.comparingDouble(finding -> Math.abs(finding.objective() - value)))
                .orElseThrow();
    }

    private static Verdict.SpuriousLocalMinimum requireSpurious(
            NonnegativeHunt.Finding finding, double value, int nullity, double next) {
        Close.assertClose(value, finding.objective(), 1e-12, "value");
        Verdict.SpuriousLocalMinimum verdict = assertInstanceOf(
                Verdict.SpuriousLocalMinimum.class, finding.assessment().verdict());
        assertEquals(nullity, verdict.nullity());
        Close.assertClose(next, verdict.smallestPositive(), DIGITS, "next eigenvalue");
        return verdict;
    }

    @Test
    void aNondegenerateOneOfTheSigmoidLoss() {
        ClassCounts counts = ClassCounts.of(40, 9, 9, 5, 2);
        UfmProblem problem = new UfmProblem(
                TrainingLoss.of(TrainingLoss.Kind.SIGMOID).ofClasses(counts), counts, 5, 0.0116, 0.02, new Bias.None());
        List<NonnegativeHunt.Finding> findings = new NonnegativeHunt(new NonnegativeProblem(problem), 1).run(60);
        requireSpurious(nearest(findings, 1.632259753195301), 1.632259753195301, 0, 1.374e-3);
        assertArrayEquals(
                new int[0], nearest(findings, 1.632259753195301).assessment().deadClasses());
        Close.assertClose(1.62569493, findings.get(0).objective(), 1e-8, "lowest");
    }

    @Test
    @Tag("slow")
    void aNondegenerateOneOfCrossEntropy() {
        ClassCounts counts = ClassCounts.of(100, 100, 9, 9, 9, 2);
        UfmProblem problem = new UfmProblem(new CrossEntropy(), counts, 6, 0.0005, 0.0007, new Bias.Free());
        List<NonnegativeHunt.Finding> findings = new NonnegativeHunt(new NonnegativeProblem(problem), 1).run(2000);
        requireSpurious(nearest(findings, 0.09662473447371), 0.09662473447371, 1, 1.79e-5);
        assertInstanceOf(
                Verdict.GlobalMinimum.class, findings.get(0).assessment().verdict());
        Close.assertClose(0.09580346, findings.get(0).objective(), 1e-7, "lowest");
    }
}
