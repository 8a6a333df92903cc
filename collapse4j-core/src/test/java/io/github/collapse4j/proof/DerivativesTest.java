package io.github.collapse4j.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.curvature.DenseHessian;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SeededRandom;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.prover.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Enclosed derivatives against those in doubles, which come from other formulas. */
class DerivativesTest {
    private static final int D = 3;
    private static final long[] COUNTS = {4, 7, 1, 2, 2};
    private static final double TOLERANCE = 1e-13;

    static Stream<ExactModel> models() {
        List<ExactModel> models = new ArrayList<>();
        Rational lambda = Rational.parse("1/7").orElseThrow();
        Rational other = Rational.parse("2/9").orElseThrow();
        for (LossKind loss : LossKind.values()) {
            for (ExactBias bias : new ExactBias[] {
                new ExactBias.None(),
                new ExactBias.Free(),
                new ExactBias.Regularised(Rational.parse("1/3").orElseThrow())
            }) {
                if (loss != LossKind.BINARY_CROSS_ENTROPY) {
                    models.add(ExactModel.ofClasses(loss, COUNTS, lambda, other, bias));
                }
                models.add(ExactModel.ofClasses(loss, COUNTS, lambda, other, bias, Optional.of(trained(loss))));
            }
        }
        return models.stream();
    }

    private static TrainedLoss trained(LossKind loss) {
        return new TrainedLoss(
                Fraction.parse("1/10").orElseThrow(),
                Stream.of("1", "2", "5", "1/2", "3")
                        .map(text -> Rational.parse(text).orElseThrow())
                        .toList(),
                loss == LossKind.CROSS_ENTROPY ? Fraction.parse("-3/4").orElseThrow() : Fraction.ZERO,
                loss == LossKind.CROSS_ENTROPY ? fractions("0", "1/2", "1", "2", "0") : List.of(),
                loss == LossKind.BINARY_CROSS_ENTROPY ? fractions("1", "2", "1/3", "1/50", "4") : List.of());
    }

    private static List<Fraction> fractions(String... texts) {
        return Stream.of(texts).map(text -> Fraction.parse(text).orElseThrow()).toList();
    }

    private static UfmModel reduced(ExactModel model) {
        return UfmModel.reduced(Translation.problem(model, D));
    }

    private static ExactPoint point(ExactModel model, long seed) {
        return Translation.exact(reduced(model).randomPoint(SeededRandom.of(seed), 1.3), model.bias());
    }

    /** The index in [W | H | b], column by column, of unknown i of the proof. */
    private static int position(int i, int classes) {
        if (i < classes * D) {
            return (i % D) * classes + i / D;
        }
        int at = i - classes * D;
        return at < classes * D ? classes * D + (at % classes) * D + at / classes : i;
    }

    @ParameterizedTest
    @MethodSource("models")
    void valueGradientAndHessian(ExactModel model) {
        ExactPoint exact = point(model, 1);
        UfmPoint point = Translation.point(exact);
        UfmObjective objective = reduced(model).objective();
        double[] gradient = new double[objective.dimension()];
        double value = objective.linearize(objective.toVector(point), gradient);
        Derivatives at = new Derivatives(model, exact);
        assertEquals(value, at.value().approximately(), TOLERANCE * value);
        Interval[] enclosed = at.gradient();
        assertEquals(gradient.length, enclosed.length);
        Matrix hessian = DenseHessian.of(reduced(model), point);
        SymmetricMatrix exactHessian = at.hessian();
        int classes = exact.classes();
        for (int i = 0; i < enclosed.length; i++) {
            assertEquals(gradient[position(i, classes)], enclosed[i].approximately(), TOLERANCE);
            for (int j = 0; j <= i; j++) {
                assertEquals(
                        hessian.get(position(i, classes), position(j, classes)),
                        exactHessian.get(i, j).approximately(),
                        TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void curvatureAlongADirectionIsThatOfTheHessian(ExactModel model) {
        ExactPoint exact = point(model, 2);
        ExactPoint direction = point(model, 3);
        Derivatives at = new Derivatives(model, exact);
        SymmetricMatrix hessian = at.hessian();
        double[] v = new double[at.unknowns()];
        for (int k = 0; k < exact.classes(); k++) {
            for (int a = 0; a < D; a++) {
                v[at.indexOfW(k, a)] = direction.w()[k][a];
                v[at.indexOfH(a, k)] = direction.h()[a][k];
            }
        }
        for (int k = 0; k < direction.b().length; k++) {
            v[v.length - direction.b().length + k] = direction.b()[k];
        }
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                sum += v[i] * hessian.get(i, j).approximately() * v[j];
            }
        }
        assertEquals(sum, at.curvatureAlong(direction).approximately(), 100 * TOLERANCE * Math.abs(sum));
    }

    /** The Hessian moves by at most L times the distance, in the Frobenius norm's lower bound of the spectral one as well. */
    @ParameterizedTest
    @MethodSource("models")
    void hessiansWithinABallDifferByTheLipschitzConstant(ExactModel model) {
        ExactPoint centre = point(model, 4);
        UfmModel reduced = reduced(model);
        UfmObjective objective = reduced.objective();
        double[] x = objective.toVector(Translation.point(centre));
        double radius = 0.25;
        double lipschitz = Lipschitz.bound(model, centre, Interval.of(radius)).approximately();
        for (int i = 0; i < 20; i++) {
            double[] step = objective.toVector(reduced.randomPoint(SeededRandom.of(i), 1));
            double length = 0;
            for (double entry : step) {
                length = Math.hypot(length, entry);
            }
            double[] y = x.clone();
            for (int k = 0; k < y.length; k++) {
                y[k] += step[k] * radius / length;
            }
            Matrix change = DenseHessian.of(reduced, objective.toPoint(y))
                    .add(-1, DenseHessian.of(reduced, Translation.point(centre)));
            double norm = LinearAlgebra.svd(change).values()[0];
            assertTrue(norm <= lipschitz * radius, () -> norm + " > " + lipschitz * radius);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void tangentsOfTheOrbitLeaveTheValueUnchanged(ExactModel model) {
        ExactPoint exact = point(model, 5);
        Derivatives at = new Derivatives(model, exact);
        Tangents tangents = new Tangents(model, exact, at);
        boolean shift = model.loss() == LossKind.CROSS_ENTROPY && model.bias() instanceof ExactBias.Free;
        assertEquals(D * (D - 1) / 2 + (shift ? 1 : 0), tangents.count());
        // ∇f is orthogonal to every tangent: Tᵀ∇f = 0 means that TTᵀ maps it to 0.
        SymmetricMatrix projector = new SymmetricMatrix(at.unknowns());
        tangents.addTo(projector, Interval.ONE);
        Interval[] gradient = at.gradient();
        for (int i = 0; i < at.unknowns(); i++) {
            double image = 0;
            for (int j = 0; j < at.unknowns(); j++) {
                image += projector.get(i, j).approximately() * gradient[j].approximately();
            }
            assertEquals(0, image, 1e-12);
        }
    }
}
