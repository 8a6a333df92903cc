package io.github.collapse4j.cli.text;

import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.TrainedLoss;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A theorem in words, with numbers rounded in the safe direction. */
public final class TheoremText {
    private static final int DIGITS = 4;
    private static final int VALUE_DIGITS = 18;
    private static final int MAX_GROUPS = 20;

    private TheoremText() {}

    /** The text of the theorem that a file proves. */
    public static String of(String file, Theorem theorem) {
        StringBuilder text = new StringBuilder("Proved: ").append(file).append('\n');
        if (theorem instanceof Theorem.SpuriousLocalMinimum minimum) {
            append(text, minimum);
        } else if (theorem instanceof Theorem.StrictSaddle saddle) {
            append(text, saddle);
        } else if (theorem instanceof Theorem.GlobalMinimum minimum) {
            append(text, minimum);
        } else if (theorem instanceof Theorem.GlobalLowerBound bound) {
            append(text, bound);
        } else if (theorem instanceof Theorem.TwoSimplices family) {
            append(text, family);
        }
        return text.append('\n').toString();
    }

    private static void append(StringBuilder text, Theorem.SpuriousLocalMinimum minimum) {
        model(text, minimum.model(), "d = " + minimum.d());
        boolean shift = minimum.nullity() > minimum.d() * (minimum.d() - 1) / 2;
        Paragraph.append(
                text,
                "There is a spurious local minimum: a critical point that is a strict local minimum up to rotations of feature"
                        + " space" + (shift ? " and the shift of the bias" : "")
                        + ", and not global. The kernel of the Hessian there is exactly the tangent space of these.");
        text.append(new Table("  ")
                .row("distance", atMost(minimum.distance()), "from the point of the file")
                .row("eigenvalues", atLeast(minimum.eigenvalue()), "all others of the reduced model's Hessian")
                .row("", "≥ min(that, λ_H)", "of the full model's")
                .row("nullity", Integer.toString(minimum.nullity()), "")
                .row("value", enclosed(minimum.value()), "")
                .row("lower value", "≤ " + minimum.lowerValue().upperText(VALUE_DIGITS), "of the lower point")
                .row("margin", atLeast(minimum.margin()), "")
                .row(
                        "unique within",
                        Table.number(minimum.radius()),
                        "of the point of the file, on the slice across the orbit"));
    }

    private static void append(StringBuilder text, Theorem.StrictSaddle saddle) {
        model(text, saddle.model(), "d = " + saddle.d());
        Paragraph.append(
                text,
                "There is a strict saddle: a critical point whose last " + (saddle.d() - saddle.rank())
                        + " feature dimensions are zero, with a direction of negative curvature.");
        text.append(new Table("  ")
                .row("distance", atMost(saddle.distance()), "from the point of the file")
                .row(
                        "curvature",
                        "≤ " + saddle.curvature().upperText(DIGITS),
                        "along the direction, per squared length")
                .row("value", enclosed(saddle.value()), "")
                .row(
                        "unique within",
                        Table.number(saddle.radius()),
                        "of the point of the file, on the slice in dimension " + saddle.rank()));
    }

    private static void append(StringBuilder text, Theorem.GlobalMinimum minimum) {
        model(text, minimum.model(), "d = " + minimum.d());
        Paragraph.append(
                text,
                "The point of the file is a global minimum to within the width: the minimum lies between the bound and its"
                        + " value.");
        text.append(new Table("  ")
                .row("minimum", enclosed(minimum.minimum()), "")
                .row("width", "≤ " + Table.number(minimum.width()), "as stated in the file"));
    }

    private static void append(StringBuilder text, Theorem.GlobalLowerBound bound) {
        model(text, bound.model(), "any d");
        Paragraph.append(text, "No point of any feature dimension has a value below the bound.");
        text.append(new Table("  ").row("lower bound", bound.bound().lowerText(VALUE_DIGITS)));
    }

    private static void append(StringBuilder text, Theorem.TwoSimplices family) {
        Paragraph.append(
                text,
                "For every K from " + family.from() + " to " + family.to()
                        + ", balanced cross-entropy with any number n of samples per class, d = K − 2 and √(λ_W λ_H) = κ/(K√n), κ = "
                        + family.kappa()
                        + ", without bias, and for even K with a free or regularised bias as well: two simplices of ⌊K/2⌋ and"
                        + " ⌈K/2⌉ classes are a spurious local minimum, nondegenerate up to rotations and shift.");
        text.append(new Table("  ")
                .row("margin", atLeast(family.margin()), "above two simplices of 2 and K − 2 classes, for every K"));
    }

    private static void model(StringBuilder text, ExactModel model, String dimension) {
        text.append("  Unconstrained feature model, ")
                .append(loss(model.loss()))
                .append('\n');
        Paragraph.append(
                text,
                "  K = " + model.classes() + ", " + dimension + ", N = " + model.samples() + ", λ_W = "
                        + model.lambdaW()
                        + ", λ_H = " + model.lambdaH() + ", " + bias(model.bias()) + ", samples per "
                        + (model.targets().isPresent() ? "target " : "class ")
                        + counts(model)
                        + model.trained().map(TheoremText::parameters).orElse(""));
        text.append('\n');
    }

    private static String loss(LossKind loss) {
        return switch (loss) {
            case CROSS_ENTROPY -> "cross-entropy";
            case BINARY_CROSS_ENTROPY -> "binary cross-entropy";
            case SQUARED_ERROR -> "squared error";
        };
    }

    private static String parameters(TrainedLoss loss) {
        return "; label smoothing " + loss.smoothing() + ", class weights " + list(loss.classWeights())
                + (loss.logitAdjustment().size().isEmpty() ? "" : ", logit adjustment " + loss.logitAdjustment())
                + (loss.margins().isEmpty() ? "" : ", margins " + list(loss.margins()))
                + (loss.positiveWeights().isEmpty() ? "" : ", positive weights " + list(loss.positiveWeights()));
    }

    private static String list(List<?> numbers) {
        String text = numbers.stream().limit(MAX_GROUPS).map(Object::toString).collect(Collectors.joining(", "));
        return numbers.size() > MAX_GROUPS ? text + ", …" : text;
    }

    private static String bias(ExactBias bias) {
        if (bias instanceof ExactBias.Regularised regularised) {
            return "λ_b = " + regularised.lambda();
        }
        return bias.isPresent() ? "free bias" : "no bias";
    }

    private static String counts(ExactModel model) {
        String text = IntStream.range(0, Math.min(model.groups(), MAX_GROUPS))
                .mapToObj(g -> (model.sizes()[g] > 1 ? model.sizes()[g] + "×" : "") + model.counts()[g])
                .collect(Collectors.joining(", "));
        return model.groups() > MAX_GROUPS ? text + ", …" : text;
    }

    private static String atMost(Interval number) {
        return "≤ " + number.upperText(DIGITS);
    }

    private static String atLeast(Interval number) {
        return "≥ " + number.lowerText(DIGITS);
    }

    private static String enclosed(Interval value) {
        return "[" + value.lowerText(VALUE_DIGITS) + ", " + value.upperText(VALUE_DIGITS) + "]";
    }
}
