package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that modify the loss: smoothing, weights, offsets and margins, as PyTorch defines them. */
@OptionGroup("Loss and penalties")
public final class LossOptions {
    private static final String BALANCED = "balanced";
    private static final String LDAM = "ldam:";
    private static final String TARGETS = "targets";

    /** The option of each name that the library's messages begin with. */
    private static final Map<String, String> OPTIONS = Map.of(
            "class weights", "--class-weights",
            "logit adjustment", "--logit-adjustment",
            "margins", "--margins",
            "logit adjustment and margins", "--logit-adjustment and --margins",
            "positive weights", "--pos-weight");

    @Option(
            names = "--label-smoothing",
            paramLabel = "e",
            defaultValue = "0",
            converter = Ranges.Smoothing.class,
            description = "Targets (1−e)·one-hot + e/K, 0 ≤ e < 1; with class weights, as in PyTorch's"
                    + " CrossEntropyLoss(weight, label_smoothing).")
    private double smoothing;

    @Option(
            names = "--class-weights",
            paramLabel = "w,…",
            description =
                    "A weight for each class (w0,w1,…, @FILE, or 'balanced': N/(K·n)). The loss is divided by the sum"
                            + " of the weights of all samples, where PyTorch divides each batch by those of its own."
                            + " With targets, a weight for each output.")
    private @Nullable String classWeights;

    @Option(
            names = "--logit-adjustment",
            paramLabel = "tau",
            converter = Ranges.Finite.class,
            description =
                    "Cross-entropy of z + tau·log(n/N), where n is the number of samples of each class; with targets,"
                            + " their mean takes the place of n/N.")
    private @Nullable Double logitAdjustment;

    @Option(
            names = "--margins",
            paramLabel = "m,…",
            description = "Cross-entropy with a margin subtracted from the own logit (m0,m1,…, @FILE, or 'ldam:C':"
                    + " C·(smallest n/n)^¼).")
    private @Nullable String margins;

    @Option(
            names = "--pos-weight",
            paramLabel = "p,…",
            description = "Weights of the positive samples of bce, one for all outputs or one for each (p0,p1,… or"
                    + " @FILE), as PyTorch's pos_weight.")
    private @Nullable String positiveWeights;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** What a training with class labels states about its loss; invalid options are a usage error. */
    public TrainingLoss statement(LossName name, ClassCounts counts) throws IOException {
        return statement(name, counts.classes(), List.of(), Optional.of(counts));
    }

    /** The loss of samples with class labels; options that do not apply or leave no minimum are a usage error. */
    public StatedLoss ofClasses(LossName name, ClassCounts counts, boolean freeBias) throws IOException {
        return ofClasses(name, counts, List.of(), freeBias);
    }

    /**
     * The loss of the classes that have samples. Lists of numbers are those of the training: of all its classes.
     *
     * @param counts samples of the classes that have any
     * @param absent the original numbers of the others, ascending
     */
    public StatedLoss ofClasses(LossName name, ClassCounts counts, List<Integer> absent, boolean freeBias)
            throws IOException {
        TrainingLoss statement = statement(name, counts.classes(), absent, Optional.of(counts));
        try {
            return stated(name, statement, statement.ofClasses(counts, freeBias), null);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The loss of groups of samples with targets.
     *
     * @param file where the targets are from
     * @param targets K×M
     * @throws InputException if the targets are not those of such a loss
     */
    public StatedLoss ofTargets(LossName name, ClassCounts counts, String file, Matrix targets, boolean freeBias)
            throws IOException {
        TrainingLoss statement = statement(name, targets.rows(), List.of(), Optional.empty());
        try {
            return stated(name, statement, statement.ofTargets(counts, targets, freeBias), file);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith(TARGETS)) {
                throw new InputException(file + message.substring(TARGETS.length()));
            }
            throw wrongUsage(message);
        }
    }

    /** Whether none of the options is given. */
    public boolean isPlain() {
        return arguments().isEmpty();
    }

    private StatedLoss stated(LossName name, TrainingLoss statement, Loss loss, @Nullable String targets) {
        return new StatedLoss(
                name,
                statement,
                loss,
                name.title() + words(),
                name.argument() + arguments(),
                StatedLoss.assumed(statement, targets));
    }

    /** @param counts samples of each class; empty if samples have targets in place of classes */
    private TrainingLoss statement(LossName name, int outputs, List<Integer> absent, Optional<ClassCounts> counts)
            throws IOException {
        try {
            TrainingLoss loss = TrainingLoss.of(name.kind()).withSmoothing(smoothing);
            if (classWeights != null) {
                loss = loss.withClassWeights(
                        classWeights.equals(BALANCED)
                                ? TrainingLoss.balancedWeights(ofClasses("--class-weights", classWeights, counts))
                                : numbers("--class-weights", classWeights, outputs, absent));
            }
            if (logitAdjustment != null) {
                loss = loss.withLogitAdjustment(logitAdjustment);
            }
            if (margins != null) {
                loss = loss.withMargins(
                        margins.startsWith(LDAM)
                                ? TrainingLoss.ldamMargins(
                                        ofClasses("--margins", margins, counts),
                                        number("--margins", margins.substring(LDAM.length())))
                                : numbers("--margins", margins, outputs, absent));
            }
            if (positiveWeights != null) {
                loss = loss.withPositiveWeights(numbers("--pos-weight", positiveWeights, outputs, absent));
            }
            return loss;
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private ClassCounts ofClasses(String option, String found, Optional<ClassCounts> counts) {
        return counts.orElseThrow(() -> wrongUsage(option + ": expected numbers with --targets, found " + found));
    }

    /** One number for all or one for each, from a list or from a file named after an @; without those of absent classes. */
    private double[] numbers(String option, String text, int present, List<Integer> absent) throws IOException {
        int length = present + absent.size();
        boolean isFile = text.startsWith("@");
        String list = isFile ? ListFile.text(text.substring(1)) : text;
        if (isFile && list.isBlank()) {
            throw new InputException(text.substring(1) + ": expected numbers, found none");
        }
        String[] entries = list.strip().split("[,;\\s]+", -1);
        double[] numbers = new double[entries.length];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = isFile ? numberInFile(text.substring(1), k, entries[k]) : number(option, entries[k]);
        }
        if (numbers.length == 1) {
            double[] same = new double[present];
            Arrays.fill(same, numbers[0]);
            return same;
        }
        if (numbers.length != length && isFile) {
            throw new InputException(text.substring(1) + ": expected " + length + " numbers, found " + numbers.length);
        }
        if (numbers.length != length) {
            throw wrongUsage(option + ": expected " + length + " numbers, found " + numbers.length);
        }
        return TrainingLoss.without(absent, numbers);
    }

    private static double numberInFile(String file, int index, String text) throws InputException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new InputException(file + ": number " + (index + 1) + ": expected a number, found " + text);
        }
    }

    private double number(String option, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrongUsage(option + ": expected a number, found " + (text.isEmpty() ? "none" : text));
        }
    }

    private String arguments() {
        StringBuilder text = new StringBuilder();
        append(text, "--label-smoothing", smoothing == 0 ? null : smoothing);
        append(text, "--class-weights", classWeights);
        append(text, "--logit-adjustment", logitAdjustment);
        append(text, "--margins", margins);
        append(text, "--pos-weight", positiveWeights);
        return text.toString();
    }

    private static void append(StringBuilder text, String option, @Nullable Object value) {
        if (value != null) {
            text.append(' ').append(option).append('=').append(value);
        }
    }

    /** The options in words, such as {@code ", label smoothing 0.1, class weights balanced"}. */
    private String words() {
        StringBuilder text = new StringBuilder();
        appendWords(text, "label smoothing", smoothing == 0 ? null : smoothing);
        appendWords(text, "class weights", classWeights);
        appendWords(text, "logit adjustment", logitAdjustment);
        appendWords(text, "margins", margins);
        appendWords(text, "positive weights", positiveWeights);
        return text.toString();
    }

    private static void appendWords(StringBuilder text, String what, @Nullable Object value) {
        if (value != null) {
            text.append(", ").append(what).append(' ').append(value);
        }
    }

    /** Names the option that a message of the library is about. */
    private ParameterException wrongUsage(String message) {
        int colon = message.indexOf(':');
        String subject = colon < 0 ? "" : message.substring(0, colon);
        String option = OPTIONS.getOrDefault(subject, subject);
        return new ParameterException(command.commandLine(), option + message.substring(subject.length()));
    }
}
