package io.github.collapse4j.stats;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Accumulators that can be merged with each other because they share their reference. Thread-safe.
 *
 * @param type their class
 * @param empty creates an empty one
 * @param reader reads one from its binary form; throws a {@link StateFormatException} if the bytes are not of this kind
 */
public record AccumulatorKind<A extends Accumulator<?>>(Class<A> type, Supplier<A> empty, Function<byte[], A> reader) {}
