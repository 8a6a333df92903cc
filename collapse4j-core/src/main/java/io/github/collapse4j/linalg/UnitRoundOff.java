package io.github.collapse4j.linalg;

/** The largest relative error of one rounded operation, which every bound on round-off is a multiple of. */
public final class UnitRoundOff {
    /** 2⁻⁵³, of {@code double}. */
    public static final double DOUBLE = 0x1p-53;

    /** 2⁻²⁴, of {@code float}. */
    public static final double SINGLE = 0x1p-24;

    private UnitRoundOff() {}
}
