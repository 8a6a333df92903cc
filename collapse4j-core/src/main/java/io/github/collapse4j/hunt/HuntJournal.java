package io.github.collapse4j.hunt;

/** Stores the outcomes of finished chunks, so that a killed hunt can resume. Implementations must be thread-safe. */
public interface HuntJournal {
    /** The recorded outcomes of a chunk, one per item; empty if the chunk is not finished. */
    double[] recorded(int chunk);

    /** Records a finished chunk: the final objectives of its items. */
    void record(int chunk, double[] outcomes);

    /** An initially empty journal that is kept only in memory. */
    static HuntJournal none() {
        return new HuntJournal() {
            @Override
            public double[] recorded(int chunk) {
                return new double[0];
            }

            @Override
            public void record(int chunk, double[] outcomes) {}
        };
    }
}
