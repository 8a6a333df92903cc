package io.github.collapse4j.stats;

/** The binary form of accumulators: the kinds, and the layout of a state (big-endian). */
final class State {
    /** "C4JS". */
    static final int MAGIC = 0x43344a53;

    static final byte VERSION = 1;
    static final byte MOMENTS = 1;
    static final byte DEVIATIONS = 2;
    static final byte DECISIONS = 3;

    /** Magic number, version, kind, two zero bytes, K, d. */
    static final int HEADER = 16;

    static final int CHECKSUM = 4;

    private State() {}
}
