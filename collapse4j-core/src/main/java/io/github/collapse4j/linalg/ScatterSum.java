package io.github.collapse4j.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/** A symmetric sum S ({@code d×d}) to which {@code B·Bᵀ} is added batch by batch. Not thread-safe. */
public final class ScatterSum {
    private final int order;
    private final Matrix heap;
    private final @Nullable DoublePointer sum;
    private @Nullable DoublePointer batch;

    /** An empty sum for columns of length {@code order}. */
    public ScatterSum(int order) {
        this.order = order;
        if (order > 0 && OpenBlas.isAvailable()) {
            this.heap = Matrix.zeros(0, 0);
            this.sum = new DoublePointer((long) order * order).zero();
        } else {
            this.heap = Matrix.zeros(order, order);
            this.sum = null;
        }
    }

    /** {@code S ← S + factor·B·Bᵀ} for the first {@code columns} columns of B ({@code d×columns}). */
    public void add(double factor, double[] b, int columns) {
        if (columns == 0) {
            return;
        }
        long entries = (long) order * columns;
        if (sum == null) {
            SmallProduct.addScatter(factor, b, heap.data(), order, columns);
            return;
        }
        DoublePointer room = batch;
        if (room == null || room.capacity() < entries) {
            room = new DoublePointer(entries);
            batch = room;
        }
        room.put(b, 0, Math.toIntExact(entries));
        OpenBlas.scatter(factor, room, 1, sum, order, columns);
    }

    /** {@code S ← M} for a symmetric M. */
    public void set(Matrix symmetric) {
        if (sum == null) {
            heap.assign(symmetric);
        } else {
            sum.put(symmetric.data(), 0, symmetric.data().length);
        }
    }

    /** A copy of S as a full symmetric matrix. */
    public Matrix toMatrix() {
        Matrix full = sum == null ? heap.copy() : Matrix.zeros(order, order);
        if (sum != null) {
            sum.get(full.data(), 0, full.data().length);
        }
        for (int j = 0; j < order; j++) {
            for (int i = 0; i < j; i++) {
                full.set(i, j, full.get(j, i));
            }
        }
        return full;
    }
}
