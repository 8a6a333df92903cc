package io.github.collapse4j.stats;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Forged states with a valid checksum. */
final class Forged {
    private Forged() {}

    static byte[] withChecksum(byte[] state) {
        CRC32C checksum = new CRC32C();
        checksum.update(state, 0, state.length - State.CHECKSUM);
        ByteBuffer.wrap(state).putInt(state.length - State.CHECKSUM, (int) checksum.getValue());
        return state;
    }
}
