package io.github.collapse4j.spark;

import io.github.collapse4j.measure.PassRequest;
import io.github.collapse4j.measure.PassSums;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What goes over the wire for a part of the samples: the sums in core's binary form, or what is wrong with a sample.
 * Complaints travel as results, not as exceptions: Spark would try a failed task three times more.
 */
final class PartSums {
    private static final byte SUMS = 0;
    private static final byte COMPLAINT = 1;

    private PartSums() {}

    static byte[] of(PassSums sums) {
        return message(SUMS, sums.toBytes());
    }

    static byte[] complaint(String line) {
        return message(COMPLAINT, line.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] message(byte kind, byte[] content) {
        byte[] message = new byte[content.length + 1];
        message[0] = kind;
        System.arraycopy(content, 0, message, 1, content.length);
        return message;
    }

    static boolean isComplaint(byte[] message) {
        return message[0] == COMPLAINT;
    }

    /** @throws SampleException if it is a complaint: that it is */
    static PassSums read(byte[] message, PassRequest.Prepared request) {
        byte[] content = Arrays.copyOfRange(message, 1, message.length);
        if (isComplaint(message)) {
            throw new SampleException(new String(content, StandardCharsets.UTF_8));
        }
        return request.read(content);
    }
}
