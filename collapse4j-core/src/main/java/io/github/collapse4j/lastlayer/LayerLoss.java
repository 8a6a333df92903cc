package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.stats.Fingerprint;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The loss of a last layer as a function of a sample's features.
 *
 * @param classifier W, {@code K×d}
 * @param bias b, K entries, zeros for none
 */
record LayerLoss(Loss loss, Matrix classifier, double[] bias) implements Serializable {
    private static final int ENTRIES_PER_BATCH = 1 << 19;

    /** Below this, copies of W to native memory cost more than the products. */
    private static final int MIN_BATCH = 256;

    private static final int MAX_FEATURES = 1 << 26;

    /** Entries of K×d that the threads of a pass may have together; each has them several times. */
    private static final long MAX_ENTRIES = 1 << 24;

    int classes() {
        return classifier.rows();
    }

    int featureDimension() {
        return classifier.columns();
    }

    /** Samples whose features and logits are summed at once. */
    int batchSize() {
        int d = featureDimension();
        int samples = Math.max(MIN_BATCH, ENTRIES_PER_BATCH / (d + 2 * classes()));
        return Math.max(1, Math.min(samples, MAX_FEATURES / d));
    }

    /** Threads that may have sums of their own. */
    int maxThreads() {
        return (int) Math.max(1, MAX_ENTRIES / classifier.data().length);
    }

    /** Tells layers, and further numbers that sums refer to, from others. */
    long fingerprint(double... more) {
        CRC32C checksum = new CRC32C();
        checksum.update(loss.name().getBytes(StandardCharsets.UTF_8));
        Fingerprint.update(checksum, classifier.data());
        Fingerprint.update(checksum, bias);
        Fingerprint.update(checksum, more);
        return checksum.getValue();
    }
}
