package io.github.collapse4j.djl.train;

import java.util.List;

/**
 * Where a training goes on.
 *
 * @param done the epochs already done
 * @param extendedAfter epochs after which the training was given more of them, so that the rest follows another learning
 *     rate: its result is not that of as many epochs from the start. Empty if it is
 */
public record Resumption(List<EpochRecord> done, List<Integer> extendedAfter) {
    static final Resumption BEGINNING = new Resumption(List.of(), List.of());

    public Resumption {
        done = List.copyOf(done);
        extendedAfter = List.copyOf(extendedAfter);
    }
}
