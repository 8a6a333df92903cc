package io.github.collapse4j.io.proof;

import io.github.collapse4j.proof.DualPoint;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.GroupedPoint;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Slice;
import io.github.collapse4j.proof.TrainedLoss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Builds the text of a proof file, in ASCII. */
final class ProofWriter {
    private final StringJoiner members = new StringJoiner(",\n", "{\n", "\n}\n");

    private ProofWriter(String theorem) {
        member("format", quoted(ProofReader.FORMAT));
        member("theorem", quoted(theorem));
    }

    static String text(Proof proof) {
        if (proof instanceof Proof.SpuriousLocalMinimum minimum) {
            return new ProofWriter("spurious-local-minimum")
                    .model(minimum.model(), false, minimum.point().dimension())
                    .member("point", point(minimum.point()))
                    .member("lower", point(minimum.lower()))
                    .slice(minimum.slice())
                    .member("sigma", number(minimum.hint()))
                    .finished();
        }
        if (proof instanceof Proof.StrictSaddle saddle) {
            return new ProofWriter("strict-saddle")
                    .model(saddle.model(), false, saddle.d())
                    .member("rank", Integer.toString(saddle.point().dimension()))
                    .member("point", point(saddle.point()))
                    .member("direction", point(saddle.direction()))
                    .slice(saddle.slice())
                    .member("squareSigma", number(saddle.squareHint()))
                    .finished();
        }
        if (proof instanceof Proof.GlobalMinimum minimum) {
            return new ProofWriter("global-minimum")
                    .model(minimum.model(), false, minimum.point().dimension())
                    .member("point", point(minimum.point()))
                    .dual(minimum.model(), minimum.dual(), false)
                    .member("width", number(minimum.width()))
                    .finished();
        }
        if (proof instanceof Proof.GroupedGlobalMinimum minimum) {
            GroupedPoint point = minimum.point();
            return new ProofWriter("grouped-global-minimum")
                    .model(minimum.model(), true, minimum.d())
                    .member("rank", Integer.toString(point.rank()))
                    .member("point", point(point.w(), point.h(), Optional.of(point.separation()), point.b()))
                    .dual(minimum.model(), minimum.dual(), true)
                    .member("width", number(minimum.width()))
                    .finished();
        }
        if (proof instanceof Proof.GlobalLowerBound bound) {
            boolean grouped = Arrays.stream(bound.model().sizes()).anyMatch(size -> size > 1);
            return new ProofWriter(grouped ? "grouped-global-lower-bound" : "global-lower-bound")
                    .model(bound.model(), grouped, 0)
                    .dual(bound.model(), bound.dual(), grouped)
                    .finished();
        }
        Proof.TwoSimplices family = (Proof.TwoSimplices) proof;
        return new ProofWriter("two-simplices")
                .member("classes", "[" + family.from() + ", " + family.to() + "]")
                .member("kappa", quoted(family.kappa().toString()))
                .finished();
    }

    private String finished() {
        return members.toString();
    }

    private ProofWriter member(String name, String value) {
        members.add("  " + quoted(name) + ": " + value);
        return this;
    }

    /** Adds the model, with its feature dimension if that is above 0. */
    private ProofWriter model(ExactModel model, boolean grouped, int d) {
        StringJoiner text = new StringJoiner(", ", "{", "}").add("\"loss\": " + quoted(model.lossName()));
        if (grouped) {
            text.add("\"groups\": "
                    + list(model.groups(), g -> "[" + model.sizes()[g] + ", " + model.counts()[g] + "]", ", "));
        } else {
            text.add("\"counts\": " + Arrays.toString(model.counts()));
        }
        if (d > 0) {
            text.add("\"d\": " + d);
        }
        text.add("\"lambdaW\": " + quoted(model.lambdaW().toString()));
        text.add("\"lambdaH\": " + quoted(model.lambdaH().toString()));
        if (model.bias() instanceof ExactBias.Regularised regularised) {
            text.add("\"bias\": \"regularised\"");
            text.add("\"lambdaB\": " + quoted(regularised.lambda().toString()));
        } else {
            text.add(model.bias().isPresent() ? "\"bias\": \"free\"" : "\"bias\": \"none\"");
        }
        model.trained().ifPresent(trained -> addTrained(text, model.loss(), trained));
        return member("model", text.toString());
    }

    private static void addTrained(StringJoiner text, LossKind loss, TrainedLoss trained) {
        text.add("\"smoothing\": " + quoted(trained.smoothing().toString()));
        text.add("\"classWeights\": " + texts(trained.classWeights()));
        trained.targets().ifPresent(targets -> text.add("\"targets\": " + rows(targets)));
        if (loss == LossKind.CROSS_ENTROPY) {
            text.add("\"logitAdjustment\": " + quoted(trained.logitAdjustment().toString()));
            if (trained.targets().isEmpty()) {
                text.add("\"margins\": " + texts(trained.margins()));
            }
        } else if (loss == LossKind.BINARY_CROSS_ENTROPY) {
            text.add("\"positiveWeights\": " + texts(trained.positiveWeights()));
        }
    }

    private static String texts(List<?> numbers) {
        return list(numbers.size(), i -> quoted(numbers.get(i).toString()), ", ");
    }

    private ProofWriter slice(Slice slice) {
        return member("gaugeWeight", quoted(slice.weight().toString()))
                .member("radius", number(slice.radius()))
                .member("gaugeSigma", number(slice.gramHint()));
    }

    private ProofWriter dual(ExactModel model, DualPoint dual, boolean grouped) {
        member(model.hasProbabilities() ? "q" : "residuals", rows(dual.columns()));
        if (grouped && model.loss() != LossKind.CROSS_ENTROPY) {
            member("own", numbers(dual.own()));
        }
        return member("scale", number(dual.scale()));
    }

    private static String point(ExactPoint point) {
        return point(point.w(), point.h(), Optional.empty(), point.b());
    }

    private static String point(double[][] w, double[][] h, Optional<double[]> separation, double[] b) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("W", rows(w));
        parts.put("H", rows(h));
        separation.ifPresent(numbers -> parts.put("separation", numbers(numbers)));
        if (b.length > 0) {
            parts.put("b", numbers(b));
        }
        return parts.entrySet().stream()
                .map(part -> "    " + quoted(part.getKey()) + ": " + part.getValue())
                .collect(Collectors.joining(",\n", "{\n", "\n  }"));
    }

    private static String rows(double[][] rows) {
        return list(rows.length, i -> numbers(rows[i]), ",\n    ");
    }

    private static String numbers(double[] numbers) {
        return list(numbers.length, i -> number(numbers[i]), ", ");
    }

    private static String list(int length, IntFunction<String> item, String separator) {
        return IntStream.range(0, length).mapToObj(item).collect(Collectors.joining(separator, "[", "]"));
    }

    private static String number(double number) {
        return quoted(HexDouble.text(number));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
