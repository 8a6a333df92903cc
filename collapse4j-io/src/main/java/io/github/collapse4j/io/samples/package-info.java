/**
 * Labelled samples from files of any format, read in order, in batches, by any number of threads, in memory bounded by
 * the batch and not by the number of samples.
 *
 * <pre>
 *   "a.npy,b.npy" or "shard-*.npy" ─► Locations ─┐
 *                                     SampleFiles ─► SampleShard… ─► ShardedSamples (a SampleSource)
 *                                                        │                 │
 *                                                   ShardCursor.take  ◄─ ShardReader.next ─► SampleBatch
 *                                                        └─► Piece.read ──────┘
 * </pre>
 *
 * <p>A reader <em>takes</em> pieces in order, which is quick, and decodes them in the requesting threads. All input is
 * untrusted; every error message is one line that names file and position.
 */
@NullMarked
package io.github.collapse4j.io.samples;

import org.jspecify.annotations.NullMarked;
