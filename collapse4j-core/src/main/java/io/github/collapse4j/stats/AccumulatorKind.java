package io.github.collapse4j.stats;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Accumulators that can be merged with each other, for they refer to the same things. Thread-safe.
 *
 * @param type their class
 * @param empty begins one
 * @param reader makes one from its binary form; throws a {@link StateFormatException} if the bytes are not one of these
 */
public record AccumulatorKind<A extends Accumulator<?>>(Class<A> type, Supplier<A> empty, Function<byte[], A> reader) {}
