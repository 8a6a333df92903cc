package io.github.collapse4j.stats;

import java.util.zip.CRC32C;

/** A hash that identifies what a state refers to. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Adds the bits of some numbers to a checksum. */
    public static void update(CRC32C checksum, double[] values) {
        byte[] buffer = new byte[Math.min(values.length, 512) * Double.BYTES];
        int used = 0;
        for (double value : values) {
            long bits = Double.doubleToLongBits(value);
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                buffer[used++] = (byte) (bits >>> shift);
            }
            if (used == buffer.length) {
                checksum.update(buffer, 0, used);
                used = 0;
            }
        }
        checksum.update(buffer, 0, used);
    }
}
