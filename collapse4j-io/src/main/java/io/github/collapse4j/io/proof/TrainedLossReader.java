package io.github.collapse4j.io.proof;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.proof.Fraction;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.TrainedLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The grammar of the losses of a training (docs/proof-format.md). */
final class TrainedLossReader {
    private TrainedLossReader() {}

    /** The kind of a loss that has the parameters of a training. */
    static Optional<LossKind> kind(String name) {
        return switch (name) {
            case "trained-cross-entropy" -> Optional.of(LossKind.CROSS_ENTROPY);
            case "binary-cross-entropy" -> Optional.of(LossKind.BINARY_CROSS_ENTROPY);
            case "trained-squared-error" -> Optional.of(LossKind.SQUARED_ERROR);
            case "target-cross-entropy" -> Optional.of(LossKind.CROSS_ENTROPY);
            case "target-binary-cross-entropy" -> Optional.of(LossKind.BINARY_CROSS_ENTROPY);
            case "target-squared-error" -> Optional.of(LossKind.SQUARED_ERROR);
            default -> Optional.empty();
        };
    }

    /** Whether a loss that has the parameters of a training is one of targets. */
    static boolean hasTargets(String name) {
        return name.startsWith("target-");
    }

    /** The names of the parameters. */
    static List<String> names(LossKind loss, boolean hasTargets) {
        List<String> names = new ArrayList<>(List.of("smoothing", "classWeights"));
        switch (loss) {
            case CROSS_ENTROPY -> names.add("logitAdjustment");
            case BINARY_CROSS_ENTROPY -> names.add("positiveWeights");
            case SQUARED_ERROR -> {}
        }
        if (hasTargets) {
            names.add("targets");
        } else if (loss == LossKind.CROSS_ENTROPY) {
            names.add("margins");
        }
        return names;
    }

    /** The parameters of a model that has all of these names, and as many classes, or groups of classes or samples. */
    static TrainedLoss read(Field.Members values, LossKind loss, boolean hasTargets, int groups) throws InputException {
        Optional<double[][]> targets =
                hasTargets ? Optional.of(targets(values.get("targets"), loss, groups)) : Optional.empty();
        int classes = targets.map(columns -> columns[0].length).orElse(groups);
        Field smoothing = values.get("smoothing");
        Fraction epsilon = notNegative(smoothing);
        if (!epsilon.isBelowOne()) {
            throw smoothing.unexpected("a fraction below 1");
        }
        List<Rational> weights = new ArrayList<>(classes);
        for (Field item : values.get("classWeights").items(classes)) {
            weights.add(item.rational());
        }
        boolean cross = loss == LossKind.CROSS_ENTROPY;
        boolean binary = loss == LossKind.BINARY_CROSS_ENTROPY;
        return new TrainedLoss(
                epsilon,
                weights,
                cross ? fraction(values.get("logitAdjustment")) : Fraction.ZERO,
                cross && !hasTargets ? list(values.get("margins"), classes) : List.of(),
                binary ? list(values.get("positiveWeights"), classes) : List.of(),
                targets);
    }

    private static double[][] targets(Field field, LossKind loss, int groups) throws InputException {
        List<Field> columns = field.items(groups);
        int outputs = columns.get(0).items().size();
        if (outputs < 2 || outputs > ProofReader.MAX_CLASSES) {
            throw columns.get(0).complaint("expected a list of 2 to " + ProofReader.MAX_CLASSES + ", found " + outputs);
        }
        boolean squared = loss == LossKind.SQUARED_ERROR;
        return field.rows(groups, outputs, squared ? -HexDouble.LARGEST : 0, squared ? HexDouble.LARGEST : 1);
    }

    private static List<Fraction> list(Field field, int length) throws InputException {
        List<Fraction> numbers = new ArrayList<>(length);
        for (Field item : field.items(length)) {
            numbers.add(notNegative(item));
        }
        return numbers;
    }

    private static Fraction notNegative(Field field) throws InputException {
        Fraction fraction = fraction(field);
        if (fraction.negative()) {
            throw field.unexpected("0 or a fraction above 0");
        }
        return fraction;
    }

    private static Fraction fraction(Field field) throws InputException {
        Optional<Fraction> fraction = Fraction.parse(field.text());
        if (fraction.isEmpty()) {
            throw field.unexpected("0 or a fraction such as 1/10, at most 40 digits each");
        }
        return fraction.get();
    }
}
