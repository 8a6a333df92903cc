package io.github.collapse4j.landscape;

import java.util.List;

/** How a critical point was found. With the seed of the options, the numbers of starts reproduce the point. */
public sealed interface Discovery {
    /** A few words for a table. */
    String description();

    /** W = 0 and H = 0 with the optimal bias. */
    record Zero() implements Discovery {
        @Override
        public String description() {
            return "zero";
        }
    }

    /** A local minimum of the model with feature dimension {@code dimension}, padded with zeros. */
    record Descent(int dimension, int start) implements Discovery {
        @Override
        public String description() {
            return "minimum at d' = " + dimension + ", start " + start;
        }
    }

    /** A minimum among points whose classes agree within blocks, at feature dimension {@code dimension}. */
    record Blocks(int dimension, List<List<Integer>> blocks, int start) implements Discovery {
        @Override
        public String description() {
            return "blocks " + blocks + " at d' = " + dimension + ", start " + start;
        }
    }

    /** For squared error: these singular directions of the bias-eliminated targets, numbered from the largest. */
    record SingularDirections(List<Integer> directions) implements Discovery {
        @Override
        public String description() {
            return "singular directions " + directions;
        }
    }

    /** A root of the gradient near a random point of feature dimension {@code dimension}. */
    record RootSearch(int dimension, int start) implements Discovery {
        @Override
        public String description() {
            return "root of the gradient at d' = " + dimension + ", start " + start;
        }
    }
}
