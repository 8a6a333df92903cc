package io.github.collapse4j.spark;

/**
 * What a pass has sent.
 *
 * @param pass what was summed
 * @param partitions parts of the samples
 * @param stateBytes size of the sums of each part that has samples, in core's binary form
 * @param broadcastBytes what each executor was sent beforehand
 */
public record PassTraffic(String pass, int partitions, long stateBytes, long broadcastBytes) {}
