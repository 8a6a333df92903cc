package io.github.collapse4j.io.proof;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.proof.DualPoint;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.GroupedPoint;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The grammar of proof files (docs/proof-format.md), which is part of the proof. */
final class ProofReader {
    static final String FORMAT = "collapse4j-proof/1";

    static final int MAX_CLASSES = 1000;
    private static final int MAX_COUNT = 999_999_999;
    private static final int FEWEST_OF_TWO_SIMPLICES = 6;
    private static final double SMALLEST_RADIUS = 0x1p-1000;

    private final Field root;
    private final Field.Members members;

    private ProofReader(Field root) throws InputException {
        this.root = root;
        this.members = root.membersOfAnyName();
    }

    /** Parses the text of a file; its name is for messages. */
    static Proof read(String file, String text) throws InputException {
        return new ProofReader(Field.ofFile(file, JsonParser.parse(file, text))).proof();
    }

    private Proof proof() throws InputException {
        String format = members.get("format").text();
        if (!format.equals(FORMAT)) {
            throw members.get("format").unexpected('"' + FORMAT + '"');
        }
        if (members.has("note")) {
            members.get("note").text();
        }
        Field theorem = members.get("theorem");
        return switch (theorem.text()) {
            case "spurious-local-minimum" -> spuriousMinimum();
            case "strict-saddle" -> strictSaddle();
            case "global-lower-bound" -> lowerBound(false);
            case "grouped-global-lower-bound" -> lowerBound(true);
            case "global-minimum" -> globalMinimum();
            case "grouped-global-minimum" -> groupedGlobalMinimum();
            case "two-simplices" -> twoSimplices();
            default -> throw theorem.unexpected("a theorem of docs/proof-format.md");
        };
    }

    private void requireKeys(String... keys) throws InputException {
        List<String> names = new ArrayList<>(List.of("format", "theorem"));
        names.addAll(List.of(keys));
        root.members(names, List.of("note"));
    }

    private Proof spuriousMinimum() throws InputException {
        requireKeys("model", "point", "lower", "gaugeWeight", "radius", "sigma", "gaugeSigma");
        ExactModel model = model("counts", true);
        int d = dimension(model);
        return new Proof.SpuriousLocalMinimum(
                model,
                point(members.get("point"), model, d),
                point(members.get("lower"), model, d),
                slice(),
                number("sigma"));
    }

    private Proof strictSaddle() throws InputException {
        requireKeys("model", "rank", "point", "direction", "gaugeWeight", "radius", "squareSigma", "gaugeSigma");
        ExactModel model = model("counts", true);
        int d = dimension(model);
        int rank = members.get("rank").integer(model.bias().isPresent() ? 0 : 1, d);
        return new Proof.StrictSaddle(
                model,
                d,
                point(members.get("point"), model, rank),
                point(members.get("direction"), model, d),
                slice(),
                number("squareSigma"));
    }

    private Proof lowerBound(boolean grouped) throws InputException {
        ExactModel model = model(grouped ? "groups" : "counts", false);
        requireKeysWithDual(model, grouped, "model");
        return new Proof.GlobalLowerBound(model, dual(model, grouped));
    }

    private Proof globalMinimum() throws InputException {
        ExactModel model = model("counts", true);
        requireKeysWithDual(model, false, "model", "point", "width");
        ExactPoint point = point(members.get("point"), model, dimension(model));
        return new Proof.GlobalMinimum(model, point, dual(model, false), width());
    }

    private Proof groupedGlobalMinimum() throws InputException {
        ExactModel model = model("groups", true);
        requireKeysWithDual(model, true, "model", "rank", "point", "width");
        int d = dimension(model);
        int rank = members.get("rank").integer(0, Math.min(d, model.groups()));
        GroupedPoint point = groupedPoint(members.get("point"), model, rank);
        return new Proof.GroupedGlobalMinimum(model, d, point, dual(model, true), width());
    }

    private void requireKeysWithDual(ExactModel model, boolean grouped, String... keys) throws InputException {
        List<String> names = new ArrayList<>(List.of(keys));
        names.add(model.hasProbabilities() ? "q" : "residuals");
        if (grouped && model.loss() != LossKind.CROSS_ENTROPY) {
            names.add("own");
        }
        names.add("scale");
        requireKeys(names.toArray(String[]::new));
    }

    private double width() throws InputException {
        return members.get("width").number(Double.MIN_VALUE, HexDouble.LARGEST);
    }

    private Proof twoSimplices() throws InputException {
        requireKeys("classes", "kappa");
        List<Field> range = members.get("classes").items(2);
        int from = range.get(0).integer(FEWEST_OF_TWO_SIMPLICES, MAX_CLASSES);
        int to = range.get(1).integer(from, MAX_CLASSES);
        Rational kappa = members.get("kappa").rational();
        if (kappa.numerator().compareTo(kappa.denominator()) >= 0) {
            throw members.get("kappa").unexpected("a fraction below 1");
        }
        return new Proof.TwoSimplices(from, to, kappa);
    }

    /** @param classes {@code counts}, or {@code groups}, which are not those of targets */
    private ExactModel model(String classes, boolean withDimension) throws InputException {
        Field field = members.get("model");
        Field.Members values = field.membersOfAnyName();
        String name = values.get("loss").text();
        Optional<LossKind> trained = TrainedLossReader.kind(name);
        boolean hasTargets = TrainedLossReader.hasTargets(name);
        if (hasTargets && classes.equals("groups")) {
            throw values.get("loss").unexpected("a loss of classes");
        }
        LossKind loss = trained.isPresent() ? trained.get() : loss(values.get("loss"));
        ExactBias bias = bias(values);
        List<String> names = new ArrayList<>(List.of("loss", classes, "lambdaW", "lambdaH", "bias"));
        if (trained.isPresent()) {
            names.addAll(TrainedLossReader.names(loss, hasTargets));
        }
        if (withDimension) {
            names.add("d");
        }
        if (bias instanceof ExactBias.Regularised) {
            names.add("lambdaB");
        }
        field.members(names, List.of());
        List<Field> items = values.get(classes).items();
        if (items.isEmpty() || items.size() > MAX_CLASSES) {
            throw values.get(classes)
                    .complaint("expected a list of at most " + MAX_CLASSES + ", found " + items.size());
        }
        long[] sizes = new long[items.size()];
        long[] counts = new long[items.size()];
        for (int g = 0; g < counts.length; g++) {
            if (classes.equals("groups")) {
                List<Field> pair = items.get(g).items(2);
                sizes[g] = pair.get(0).integer(1, MAX_COUNT);
                counts[g] = pair.get(1).integer(1, MAX_COUNT);
            } else {
                sizes[g] = 1;
                counts[g] = items.get(g).integer(1, MAX_COUNT);
            }
        }
        if (Arrays.stream(sizes).sum() < 2 && !hasTargets) {
            throw values.get(classes).complaint("expected at least 2 classes, found 1");
        }
        return new ExactModel(
                loss,
                sizes,
                counts,
                values.get("lambdaW").rational(),
                values.get("lambdaH").rational(),
                bias,
                trained.isPresent()
                        ? Optional.of(TrainedLossReader.read(values, loss, hasTargets, counts.length))
                        : Optional.empty());
    }

    private static LossKind loss(Field field) throws InputException {
        return switch (field.text()) {
            case "cross-entropy" -> LossKind.CROSS_ENTROPY;
            case "squared-error" -> LossKind.SQUARED_ERROR;
            default -> throw field.unexpected("\"cross-entropy\" or \"squared-error\"");
        };
    }

    private static ExactBias bias(Field.Members values) throws InputException {
        Field field = values.get("bias");
        return switch (field.text()) {
            case "none" -> new ExactBias.None();
            case "free" -> new ExactBias.Free();
            case "regularised" ->
                new ExactBias.Regularised(values.get("lambdaB").rational());
            default -> throw field.unexpected("\"none\", \"free\" or \"regularised\"");
        };
    }

    private int dimension(ExactModel model) throws InputException {
        int largest = (int) Math.min(MAX_COUNT, model.classes());
        return members.get("model").membersOfAnyName().get("d").integer(1, largest);
    }

    private static ExactPoint point(Field field, ExactModel model, int d) throws InputException {
        boolean bias = model.bias().isPresent();
        Field.Members values = field.members(bias ? List.of("W", "H", "b") : List.of("W", "H"), List.of());
        int classes = model.rows();
        return new ExactPoint(
                values.get("W").rows(classes, d, -HexDouble.LARGEST, HexDouble.LARGEST),
                values.get("H").rows(d, model.groups(), -HexDouble.LARGEST, HexDouble.LARGEST),
                bias ? values.get("b").numbers(classes, -HexDouble.LARGEST, HexDouble.LARGEST) : new double[0]);
    }

    private static GroupedPoint groupedPoint(Field field, ExactModel model, int rank) throws InputException {
        boolean bias = model.bias().isPresent();
        Field.Members values =
                field.members(bias ? List.of("W", "H", "separation", "b") : List.of("W", "H", "separation"), List.of());
        int groups = model.groups();
        double[] separation = values.get("separation").numbers(groups, 0, HexDouble.LARGEST);
        for (int g = 0; g < groups; g++) {
            if (model.sizes()[g] == 1 && separation[g] != 0) {
                throw values.get("separation").complaint("expected 0 for group " + g + ", which is a single class");
            }
        }
        return new GroupedPoint(
                values.get("W").rows(groups, rank, -HexDouble.LARGEST, HexDouble.LARGEST),
                values.get("H").rows(rank, groups, -HexDouble.LARGEST, HexDouble.LARGEST),
                separation,
                bias ? values.get("b").numbers(groups, -HexDouble.LARGEST, HexDouble.LARGEST) : new double[0]);
    }

    private Slice slice() throws InputException {
        return new Slice(
                members.get("gaugeWeight").rational(),
                members.get("radius").number(SMALLEST_RADIUS, 1),
                number("gaugeSigma"));
    }

    private double number(String name) throws InputException {
        return members.get(name).number(-HexDouble.LARGEST, HexDouble.LARGEST);
    }

    private DualPoint dual(ExactModel model, boolean grouped) throws InputException {
        int n = model.groups();
        double scale = members.get("scale").number(0, 1);
        boolean ofProbabilities = model.hasProbabilities();
        double least = ofProbabilities ? 0 : -HexDouble.LARGEST;
        double most = ofProbabilities ? 1 : HexDouble.LARGEST;
        double[][] columns = members.get(ofProbabilities ? "q" : "residuals").rows(n, model.rows(), least, most);
        if (model.loss() == LossKind.CROSS_ENTROPY || model.targets().isPresent()) {
            return new DualPoint(columns, new double[0], scale);
        }
        double[] own = new double[n];
        if (grouped) {
            own = members.get("own").numbers(n, least, most);
        } else {
            for (int k = 0; k < n; k++) {
                own[k] = columns[k][k];
            }
        }
        return new DualPoint(columns, own, scale);
    }
}
