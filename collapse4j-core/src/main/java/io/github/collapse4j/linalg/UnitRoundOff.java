package io.github.collapse4j.linalg;

/**
 * Unit round-off: the largest relative error of one rounded operation. Every bound on round-off is a multiple of it.
 */
public final class UnitRoundOff {
    /** 2⁻⁵³, for {@code double}. */
    public static final double DOUBLE = 0x1p-53;

    /** 2⁻²⁴, for {@code float}. */
    public static final double SINGLE = 0x1p-24;

    private UnitRoundOff() {}
}
