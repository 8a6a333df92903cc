package io.github.collapse4j.spark;

import io.github.collapse4j.measure.PassRequest;
import io.github.collapse4j.measure.PassSums;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The message sent for a part of the samples: its sums in core's binary format, or an error about an invalid sample.
 * Errors are sent as results, not as exceptions, because Spark would retry a failed task three times.
 */
final class PartSums {
    private static final byte SUMS = 0;
    private static final byte ERROR = 1;

    private PartSums() {}

    static byte[] of(PassSums sums) {
        return message(SUMS, sums.toBytes());
    }

    static byte[] error(String line) {
        return message(ERROR, line.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] message(byte kind, byte[] content) {
        byte[] message = new byte[content.length + 1];
        message[0] = kind;
        System.arraycopy(content, 0, message, 1, content.length);
        return message;
    }

    static boolean isError(byte[] message) {
        return message[0] == ERROR;
    }

    /**
     * @throws SampleException if the message is an error
     */
    static PassSums read(byte[] message, PassRequest.Prepared request) {
        byte[] content = Arrays.copyOfRange(message, 1, message.length);
        if (isError(message)) {
            throw new SampleException(new String(content, StandardCharsets.UTF_8));
        }
        return request.read(content);
    }
}
