package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.linalg.NativeThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Reads a source once on several threads; each has its own sums, and they are returned in a fixed order. */
final class SamplePass {
    /** Target batch size in entries: a batch should stay in the second-level cache. */
    private static final int CACHED_ENTRIES = 1 << 16;

    /** Minimum batch size in samples, for efficient products. */
    private static final int MIN_SAMPLES = 128;

    private static final int MAX_SAMPLES = 4096;

    /** Maximum batch size in entries, to limit memory. */
    private static final int MAX_ENTRIES = 1 << 22;

    private final SampleSource source;
    private final int threads;
    private final Consumer<Integer> progress;

    SamplePass(SampleSource source, int threads, Consumer<Integer> progress) {
        this.source = source;
        this.threads = threads;
        this.progress = progress;
    }

    /** The batch size in samples for feature dimension d. */
    static int batchSize(int featureDimension) {
        int d = Math.max(1, featureDimension);
        int cached = Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, CACHED_ENTRIES / d));
        return Math.max(1, Math.min(cached, MAX_ENTRIES / d));
    }

    List<PassSums> run(PassRequest.Prepared request) {
        int readers = Math.min(threads, request.maxThreads());
        if (readers == 1 && threads > 1) {
            return run(request, readers); // leaves the cores to its products
        }
        NativeThreads single = NativeThreads.onePerCall();
        try {
            return run(request, readers);
        } finally {
            single.close();
        }
    }

    private List<PassSums> run(PassRequest.Prepared request, int readers) {
        AtomicBoolean failed = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(readers, work -> {
            Thread thread = new Thread(work, "measure");
            thread.setDaemon(true);
            return thread;
        });
        try (SampleReader reader = source.open()) {
            List<Future<PassSums>> futures = new ArrayList<>();
            for (int t = 0; t < readers; t++) {
                futures.add(pool.submit(() -> drain(reader, request, failed)));
            }
            return collect(futures, failed);
        } finally {
            pool.shutdownNow();
        }
    }

    private PassSums drain(SampleReader reader, PassRequest.Prepared request, AtomicBoolean failed) {
        try {
            PassSums sums = request.begin();
            SampleBatch batch = new SampleBatch(source.featureDimension(), request.batchSize());
            while (!failed.get() && reader.next(batch)) {
                sums.update(batch);
                progress.accept(batch.count());
            }
            return sums;
        } catch (RuntimeException | Error e) {
            failed.set(true);
            throw e;
        }
    }

    private static <S> List<S> collect(List<Future<S>> futures, AtomicBoolean failed) {
        List<S> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<S> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                failure = failure == null ? (RuntimeException) e.getCause() : failure;
            } catch (InterruptedException e) {
                failed.set(true);
                Thread.currentThread().interrupt();
                throw new CancellationException("the measurement was interrupted");
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }
}
