package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.HeadFactor;
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
 * @param bias b, K entries; zeros without a bias
 */
record LayerLoss(Loss loss, Matrix classifier, double[] bias) implements Serializable {
    /** A batch should stay in a cache. */
    private static final int ENTRIES_PER_BATCH = 1 << 17;

    /** With smaller batches, adding up K×d matrices costs more than the products. */
    private static final int MIN_BATCH = 256;

    private static final int MAX_FEATURES = 1 << 26;

    /** Maximum total of K·d over the threads of a pass; each thread holds several such matrices. */
    private static final long MAX_ENTRIES = 1 << 24;

    int classes() {
        return classifier.rows();
    }

    int featureDimension() {
        return classifier.columns();
    }

    /** The number of samples whose features and logits are summed at once. */
    int batchSize() {
        int d = featureDimension();
        int samples = Math.max(MIN_BATCH, ENTRIES_PER_BATCH / (d + 2 * classes()));
        return Math.max(1, Math.min(samples, MAX_FEATURES / d));
    }

    /** The maximum number of threads with sums of their own. */
    int maxThreads() {
        return (int) Math.max(1, MAX_ENTRIES / classifier.data().length);
    }

    /** W for batch after batch. */
    HeadFactor factor() {
        return new HeadFactor(classifier, maxThreads() > 1);
    }

    /** A checksum that distinguishes layers, and further numbers that sums refer to. */
    long fingerprint(double... more) {
        CRC32C checksum = new CRC32C();
        checksum.update(loss.name().getBytes(StandardCharsets.UTF_8));
        for (int k = 0; k < classes(); k++) {
            Fingerprint.update(checksum, loss.parameters(k));
        }
        Fingerprint.update(checksum, classifier.data());
        Fingerprint.update(checksum, bias);
        Fingerprint.update(checksum, more);
        return checksum.getValue();
    }
}
