package io.github.collapse4j.djl.optim;

import java.util.stream.LongStream;

/** A learning rate schedule. */
public sealed interface LearningRate {
    /** The rate of the first step. */
    double initial();

    /**
     * The rate of a step.
     *
     * @param step number of the step, from 0
     * @param steps number of steps of the whole training
     */
    double at(long step, long steps);

    /** The name of the schedule in a checkpoint. */
    String schedule();

    /** Whether the first {@code done} steps have the same rates in trainings of two lengths. */
    default boolean agrees(long done, long steps, long otherSteps) {
        return LongStream.range(0, done).allMatch(step -> at(step, steps) == at(step, otherSteps));
    }

    /** A constant rate. */
    record Constant(double initial) implements LearningRate {
        public Constant {
            requirePositive(initial);
        }

        @Override
        public String schedule() {
            return "constant";
        }

        @Override
        public double at(long step, long steps) {
            return initial;
        }
    }

    /** A tenth after a third of the steps, a hundredth after two thirds. */
    record Steps(double initial) implements LearningRate {
        public Steps {
            requirePositive(initial);
        }

        @Override
        public String schedule() {
            return "steps";
        }

        @Override
        public double at(long step, long steps) {
            return 3 * step < steps ? initial : 3 * step < 2 * steps ? initial / 10 : initial / 100;
        }
    }

    /** Half a cosine from the initial rate to 0 (Loshchilov and Hutter 2017, without restarts). */
    record Cosine(double initial) implements LearningRate {
        public Cosine {
            requirePositive(initial);
        }

        @Override
        public String schedule() {
            return "cosine";
        }

        @Override
        public double at(long step, long steps) {
            return initial / 2 * (1 + Math.cos(Math.PI * step / steps));
        }
    }

    private static void requirePositive(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("learning rate: expected a finite number above 0, found " + rate);
        }
    }
}
