package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Every verdict explains itself in words and numbers, in any locale. */
@Isolated("changes the default locale")
class VerdictTest {
    private static final LowerBound BOUND = new LowerBound(0.75, 1, 1, 0);
    private static final UfmPoint POINT = new UfmPoint(Matrix.zeros(1, 1), Matrix.zeros(1, 1), new double[1]);
    private static final Residuals RESIDUALS = new Residuals(0.125, 0.0625, 0.5);
    private static final UfmProblem LINE =
            new UfmProblem(new CrossEntropy(), ClassCounts.of(9, 5, 2), 1, 0.004, 0.002, new Bias.Free());
    private static final OpenLandscape OPEN = OpenLandscape.of(LINE).orElseThrow();
    private static final List<Verdict> ALL = List.of(
            new Verdict.GlobalMinimum(0.875, BOUND, 1.5e-9, 1e-8),
            new Verdict.StrictSaddle(new Escape.UnusedDimension(POINT, -0.25, -0.25, -0.5, 6), 1, 4, 2.5, 1e-6),
            new Verdict.SpuriousLocalMinimum(OPEN, 0.875, 1e-3, 0.8125, 10, 10, 1.5e-17, 1e-3, 1e-9),
            new Verdict.LocalMinimum(OPEN, 0.875, 1e-3, BOUND, 0.125, 24, 10, 10, 1.5e-17, 1e-3, 1e-9),
            new Verdict.OtherSaddle(OPEN, POINT, -0.25, 3, 1e-9),
            new Verdict.NotCritical(RESIDUALS, 0.25, 1e-6),
            new Verdict.Undecided(new Reason.WithinNoise(0.25, 1e-3)));

    @Test
    void namesAreThoseOfTheTypes() {
        assertEquals(
                List.of(
                        "GlobalMinimum",
                        "StrictSaddle",
                        "SpuriousLocalMinimum",
                        "LocalMinimum",
                        "OtherSaddle",
                        "NotCritical",
                        "Undecided"),
                ALL.stream().map(Verdict::name).toList());
    }

    @Test
    void explanationsUseADecimalPointInEveryLocale() {
        List<List<String>> numbers = List.of(
                List.of("0.75", "0.875", "1.5e-09", "1e-08"),
                List.of("rank 1 in d = 4", "2.5", "-0.25", "at least 6", "1e-06"),
                List.of("nullity 10", "0.875", "0.8125", "1e-09"),
                List.of("24 random starts", "0.875", "0.75", "0.13"),
                List.of("3 negative eigenvalues", "-0.25"),
                List.of("0.125", "0.0625", "0.5", "0.25", "1e-06"),
                List.of("0.25", "0.001"));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            for (int i = 0; i < ALL.size(); i++) {
                String text = ALL.get(i).explanation();
                for (String number : numbers.get(i)) {
                    assertTrue(text.contains(number), () -> "'" + number + "' in: " + text);
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void verdictsExcludedByATheoremCannotBeConstructed() {
        assertTrue(OpenLandscape.of(LINE.withFeatureDimension(2)).isEmpty());
        for (Bias bias : List.of(new Bias.None(), new Bias.Free())) {
            UfmProblem problem = new UfmProblem(new SquaredError(), ClassCounts.of(9, 5, 2), 1, 0.004, 0.002, bias);
            assertTrue(OpenLandscape.of(problem).isEmpty());
        }
        assertEquals(LINE, OPEN.problem());
    }
}
