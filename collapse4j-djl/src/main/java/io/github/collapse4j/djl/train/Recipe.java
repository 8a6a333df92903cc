package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.network.Bodies;
import io.github.collapse4j.djl.network.LastFeatures;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.djl.optim.LearningRate;
import io.github.collapse4j.djl.optim.PenalizedAdam;
import io.github.collapse4j.djl.optim.PenalizedOptimizer;
import io.github.collapse4j.djl.optim.PenalizedSgd;
import io.github.collapse4j.djl.optim.Penalties;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Everything that determines a training except its data.
 *
 * @param body the network up to the features
 * @param featureDimension d
 * @param features what the body ends with
 * @param head learned, or a fixed simplex ETF; learned for normalised features
 * @param bias whether the head has a bias
 * @param loss loss of a sample, with its class or its target; class weights and offsets refer to the counts of the
 *     training images
 * @param regularization the penalties
 * @param steps the optimiser
 * @param rate the learning rate over all steps
 * @param epochs passes over the data, at least 1
 * @param batchSize maximum number of samples per step
 * @param seed seed of the initial weights, the orientation of a fixed head, and the order of samples
 */
public record Recipe(
        Bodies body,
        int featureDimension,
        LastFeatures features,
        HeadKind head,
        boolean bias,
        TrainingLoss loss,
        Regularization regularization,
        Steps steps,
        LearningRate rate,
        int epochs,
        int batchSize,
        long seed) {
    public Recipe {
        if (featureDimension < 1 || epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "recipe: expected a feature dimension, epochs and a batch size of at least 1, found "
                            + featureDimension + ", " + epochs + " and " + batchSize);
        }
        boolean isCosine = features instanceof LastFeatures.Normalised;
        if (isCosine && (bias || head != HeadKind.learned)) {
            throw new IllegalArgumentException("recipe: expected a learned head without bias for normalised features,"
                    + " found " + (bias ? "a bias" : "a fixed one"));
        }
        if (isCosine && !(regularization instanceof Regularization.WeightDecay && isPlain(loss))) {
            throw new IllegalArgumentException("recipe: expected plain cross-entropy and at most a weight decay for"
                    + " normalised features, found another loss or the model's penalties");
        }
    }

    private static boolean isPlain(TrainingLoss loss) {
        return loss.kind() == TrainingLoss.Kind.SOFTMAX && loss.isPlain();
    }

    /**
     * The weight decay of a head that is trained with its features: λ_W and λ_b, and λ_H by balance. Empty if the
     * penalties are those of the model, there are none, or the head is fixed.
     */
    public OptionalDouble headDecay() {
        return regularization instanceof Regularization.WeightDecay decay
                        && decay.lambda() > 0
                        && head == HeadKind.learned
                        && !(features instanceof LastFeatures.Normalised)
                ? OptionalDouble.of(decay.lambda())
                : OptionalDouble.empty();
    }

    /** The loss of a sample, for the class counts of the training images. */
    Loss loss(ImageSplits images) {
        return loss.ofClasses(ClassCounts.ofLabels(images.train().labels(), images.classes()));
    }

    /** The rule that makes a step from a gradient. */
    public sealed interface Steps {
        /** Creates an optimiser. */
        PenalizedOptimizer optimizer(Penalties penalties);

        /**
         * The smallest penalty λ for which steps at this rate diverge on {@code λ/2·θ²} alone, if there is a formula.
         */
        OptionalDouble divergingPenalty(double rate);

        /** Adds its fields to the identity in a checkpoint. */
        void identify(Map<String, String> fields);

        /** Stochastic gradient descent with momentum. */
        record Sgd(double momentum) implements Steps {
            @Override
            public PenalizedOptimizer optimizer(Penalties penalties) {
                return new PenalizedSgd(penalties, momentum);
            }

            /** The bound of the heavy-ball method (Polyak 1964). */
            @Override
            public OptionalDouble divergingPenalty(double rate) {
                return OptionalDouble.of(2 * (1 + momentum) / rate);
            }

            @Override
            public void identify(Map<String, String> fields) {
                fields.put("optimizer", "sgd");
                fields.put("momentum", TrainingIdentity.number(momentum));
            }
        }

        /** Adam with its usual constants. */
        record Adam() implements Steps {
            @Override
            public PenalizedOptimizer optimizer(Penalties penalties) {
                return new PenalizedAdam(penalties);
            }

            @Override
            public OptionalDouble divergingPenalty(double rate) {
                return OptionalDouble.empty();
            }

            @Override
            public void identify(Map<String, String> fields) {
                fields.put("optimizer", "adam");
            }
        }
    }

    /**
     * A small network, d = 10, learned head without bias, cross-entropy, λ_W = 5e-3, SGD with cosine schedule, 100
     * epochs.
     */
    public static Recipe defaults(long samples) {
        return new Recipe(
                Bodies.mlp,
                10,
                new LastFeatures.Free(),
                HeadKind.learned,
                false,
                TrainingLoss.of(TrainingLoss.Kind.SOFTMAX),
                new Regularization.Explicit(5e-3, 5e-3 / samples, 0, 0),
                new Steps.Sgd(0.9),
                new LearningRate.Cosine(0.05),
                100,
                128,
                0);
    }

    /** Returns a copy with another body. */
    public Recipe withBody(Bodies other) {
        return with(draft -> draft.body = other);
    }

    /** Returns a copy with another feature dimension and head. */
    public Recipe withHead(int d, HeadKind kind, boolean withBias) {
        return with(draft -> {
            draft.featureDimension = d;
            draft.head = kind;
            draft.bias = withBias;
        });
    }

    /** Returns a copy with another end of the body. */
    public Recipe withFeatures(LastFeatures other) {
        return with(draft -> draft.features = other);
    }

    /** Returns a copy with another loss. */
    public Recipe withLoss(TrainingLoss other) {
        return with(draft -> draft.loss = other);
    }

    /** Returns a copy with other penalties. */
    public Recipe withRegularization(Regularization other) {
        return with(draft -> draft.regularization = other);
    }

    /** Returns a copy with another optimiser and learning rate. */
    public Recipe withSteps(Steps other, LearningRate otherRate) {
        return with(draft -> {
            draft.steps = other;
            draft.rate = otherRate;
        });
    }

    /** Returns a copy with another number of epochs and batch size. */
    public Recipe withEpochs(int count, int largestBatch) {
        return with(draft -> {
            draft.epochs = count;
            draft.batchSize = largestBatch;
        });
    }

    /** Returns a copy with another seed. */
    public Recipe withSeed(long other) {
        return with(draft -> draft.seed = other);
    }

    private Recipe with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new Recipe(
                draft.body,
                draft.featureDimension,
                draft.features,
                draft.head,
                draft.bias,
                draft.loss,
                draft.regularization,
                draft.steps,
                draft.rate,
                draft.epochs,
                draft.batchSize,
                draft.seed);
    }

    /** A copy that can be changed. */
    private final class Draft {
        private Bodies body = Recipe.this.body;
        private int featureDimension = Recipe.this.featureDimension;
        private LastFeatures features = Recipe.this.features;
        private HeadKind head = Recipe.this.head;
        private boolean bias = Recipe.this.bias;
        private TrainingLoss loss = Recipe.this.loss;
        private Regularization regularization = Recipe.this.regularization;
        private Steps steps = Recipe.this.steps;
        private LearningRate rate = Recipe.this.rate;
        private int epochs = Recipe.this.epochs;
        private int batchSize = Recipe.this.batchSize;
        private long seed = Recipe.this.seed;
    }
}
