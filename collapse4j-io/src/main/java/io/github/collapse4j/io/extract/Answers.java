package io.github.collapse4j.io.extract;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Right and wrong answers of a model, with a few of each to look at again. Not thread-safe. */
final class Answers {
    private final int[] labels;
    private final SplittableRandom random = new SplittableRandom(0);
    private final Sample right;
    private final Sample wrong;
    private long correct;

    /** @param labels of all samples; none if they are not known */
    Answers(int[] labels, int keptRight, int keptWrong) {
        this.labels = labels;
        this.right = new Sample(keptRight);
        this.wrong = new Sample(keptWrong);
    }

    /** Takes over what an earlier process counted. */
    void add(long earlierCorrect) {
        correct += earlierCorrect;
    }

    /** Adds the logits of consecutive samples. */
    void add(long first, float[] logits, int count, int classes) {
        if (labels.length == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            long sample = first + i;
            if (isRight(logits, i, classes, labels[(int) sample])) {
                correct++;
                right.offer(sample, random);
            } else {
                wrong.offer(sample, random);
            }
        }
    }

    /** Whether the largest logit of a sample is that of its class; a tie is decided by the order of the classes. */
    static boolean isRight(float[] logits, int sample, int classes, int label) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (logits[sample * classes + k] > logits[sample * classes + best]) {
                best = k;
            }
        }
        return best == label;
    }

    long correct() {
        return correct;
    }

    /** Some samples answered rightly, in order. */
    long[] right() {
        return right.kept();
    }

    /** Some samples answered wrongly, in order. */
    long[] wrong() {
        return wrong.kept();
    }

    /** A random sample of all that was offered, each with the same probability. */
    private static final class Sample {
        private final long[] kept;
        private long offered;

        Sample(int size) {
            this.kept = new long[size];
        }

        void offer(long sample, SplittableRandom random) {
            long place = offered < kept.length ? offered : random.nextLong(offered + 1);
            if (place < kept.length) {
                kept[(int) place] = sample;
            }
            offered++;
        }

        long[] kept() {
            long[] some = Arrays.copyOf(kept, (int) Math.min(kept.length, offered));
            Arrays.sort(some);
            return some;
        }
    }
}
