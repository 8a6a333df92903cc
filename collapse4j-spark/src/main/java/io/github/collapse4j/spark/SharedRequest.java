package io.github.collapse4j.spark;

import io.github.collapse4j.measure.PassRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A request as it is broadcast: bytes, whatever serialiser Spark is set to, made ready once on each executor. */
final class SharedRequest implements Serializable {
    private final byte[] request;

    @SuppressWarnings("serial") // made anew where it arrives
    private transient volatile PassRequest.@Nullable Prepared prepared;

    SharedRequest(PassRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.request = bytes.toByteArray();
    }

    /** How much is broadcast. */
    int size() {
        return request.length;
    }

    PassRequest.Prepared prepared() {
        PassRequest.Prepared ready = prepared;
        if (ready == null) {
            synchronized (this) {
                ready = prepared;
                if (ready == null) {
                    ready = decode().prepare();
                    prepared = ready;
                }
            }
        }
        return ready;
    }

    private PassRequest decode() {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(request))) {
            return (PassRequest) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the executors have another collapse4j than the driver", e);
        }
    }
}
