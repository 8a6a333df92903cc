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

/**
 * A request in the form that is broadcast: bytes, independent of Spark's configured serialiser, deserialised and
 * prepared once per executor.
 */
final class SharedRequest implements Serializable {
    private final byte[] request;

    @SuppressWarnings("serial") // recreated on the executor
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

    /** The number of bytes broadcast. */
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
            throw new IllegalStateException("the executors have a different version of collapse4j than the driver", e);
        }
    }
}
