package io.github.collapse4j.spark;

/**
 * The network traffic of a pass.
 *
 * @param pass the quantity summed
 * @param partitions number of partitions of the samples
 * @param stateBytes size of the sums of each non-empty partition, in core's binary format
 * @param broadcastBytes size of the broadcast sent to each executor
 */
public record PassTraffic(String pass, int partitions, long stateBytes, long broadcastBytes) {}
