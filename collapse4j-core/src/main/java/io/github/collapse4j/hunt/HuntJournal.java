package io.github.collapse4j.hunt;

/**
 * Keeps the outcomes of finished chunks of items, so that a hunt that was killed goes on where it was. Implementations
 * must accept calls from several threads at once.
 */
public interface HuntJournal {
    /** The outcomes recorded for a chunk, one a finished item; an empty array if it is not finished. */
    double[] recorded(int chunk);

    /** Records a finished chunk: the final objectives of its items. */
    void record(int chunk, double[] outcomes);

    /** A journal in memory only, empty at first and not kept. */
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
