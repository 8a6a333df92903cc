package io.github.collapse4j.stats;

/** The binary form of accumulators: the kinds, and the layout of a state (big-endian). */
public final class State {
    /** "C4JS". */
    static final int MAGIC = 0x43344a53;

    static final byte VERSION = 1;
    static final byte MOMENTS = 1;
    static final byte DEVIATIONS = 2;
    static final byte DECISIONS = 3;

    /** Sums of a last layer's loss. Kind 4 was without the number of negative features. */
    public static final byte LAYER = 6;

    /** Squared norms of a last layer's feature gradient. */
    public static final byte FEATURE_GRADIENT = 5;

    /** Magic, version, kind, two bytes of zero, K, d. */
    static final int HEADER = 16;

    static final int CHECKSUM = 4;

    private State() {}
}
