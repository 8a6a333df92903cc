package io.github.collapse4j.linalg;

import java.util.stream.IntStream;

/**
 * Splits work over the columns of a matrix into blocks that can run on all cores. The blocks depend only on the amount
 * of work, so sums taken block by block do not depend on the number of threads.
 */
public final class ColumnBlocks {
    /** Minimum entries per block: with fewer, starting another thread costs more than it saves. */
    private static final int ENTRIES_PER_BLOCK = 1 << 14;

    private static final int MAX_BLOCKS = 64;

    private ColumnBlocks() {}

    /** Processes columns {@code from} (inclusive) to {@code to} (exclusive). */
    @FunctionalInterface
    public interface Body {
        void run(int from, int to);
    }

    /** Processes a range of columns and returns its partial sum. */
    @FunctionalInterface
    public interface Summand {
        double sum(int from, int to);
    }

    /** Runs the body over all columns. */
    public static void forEach(int rows, int columns, Body body) {
        int blocks = blocks(rows, columns);
        if (blocks == 1) {
            body.run(0, columns);
        } else {
            numbers(blocks)
                    .forEach(block -> body.run(bound(columns, blocks, block), bound(columns, blocks, block + 1)));
        }
    }

    /** The sum over all columns, added up in block order. */
    public static double sum(int rows, int columns, Summand summand) {
        int blocks = blocks(rows, columns);
        if (blocks == 1) {
            return summand.sum(0, columns);
        }
        double[] parts = new double[blocks];
        numbers(blocks)
                .forEach(block ->
                        parts[block] = summand.sum(bound(columns, blocks, block), bound(columns, blocks, block + 1)));
        return Vectors.sum(parts);
    }

    private static IntStream numbers(int blocks) {
        IntStream numbers = IntStream.range(0, blocks);
        return NativeThreads.areSingle() ? numbers : numbers.parallel();
    }

    private static int blocks(int rows, int columns) {
        long entries = (long) rows * columns;
        return (int) Math.max(1, Math.min(Math.min(MAX_BLOCKS, columns), entries / ENTRIES_PER_BLOCK));
    }

    private static int bound(int columns, int blocks, int block) {
        return (int) ((long) columns * block / blocks);
    }
}
