package io.github.collapse4j.io.extract;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelRange;
import io.github.collapse4j.io.input.ModelInputs;
import io.github.collapse4j.io.npy.NpyPart;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a model on all samples and writes features.npy ({@code N×d}), labels.npy, weights.npy ({@code K×d}) and bias.npy
 * into a folder. Batches run on all threads; memory depends on the batch, K and d. If interrupted, it can be called again
 * and continues; the features appear under their name when complete.
 */
public final class FeatureExtraction {
    /** Where a model takes any number. */
    private static final int BATCH = 32;

    /** Small batches are handed to threads several at a time. */
    private static final int PIECE = 32;

    private static final Duration JOURNAL_INTERVAL = Duration.ofSeconds(1);
    private static final String JOURNAL = ".extract.json";
    private static final String PART = ".features.npy.part";

    private final String name;
    private final TrainedModel model;
    private final ModelInputs inputs;
    private final int[] labels;
    private final int batch;
    private final int threads;
    private final Duration journalInterval;

    /**
     * Prepares an extraction.
     *
     * @param name what messages call the model
     * @param labels one for each sample, if known
     * @param batch samples at a time, where the model leaves it open
     * @param threads that run the model
     * @throws InputException if the labels do not fit the model
     */
    public FeatureExtraction(
            String name, TrainedModel model, ModelInputs inputs, Optional<int[]> labels, OptionalInt batch, int threads)
            throws InputException {
        this(name, model, inputs, labels, batch, threads, JOURNAL_INTERVAL);
    }

    /** An extraction that writes its journal at another interval. */
    FeatureExtraction(
            String name,
            TrainedModel model,
            ModelInputs inputs,
            Optional<int[]> labels,
            OptionalInt batch,
            int threads,
            Duration journalInterval)
            throws InputException {
        this.name = name;
        this.model = model;
        this.inputs = inputs;
        this.labels = labels.orElseGet(() -> new int[0]);
        this.threads = threads;
        this.journalInterval = journalInterval;
        OptionalInt fixed = model.input().batch();
        if (fixed.isPresent() && batch.isPresent() && !fixed.equals(batch)) {
            throw new InputException("--batch: expected " + fixed.getAsInt() + ", the only one that " + name
                    + " takes, found " + batch.getAsInt());
        }
        this.batch = fixed.orElse(batch.orElse(BATCH));
        LabelRange range = new LabelRange(model.weights().rows(), "for the outputs of " + name);
        for (int i = 0; i < this.labels.length; i++) {
            int sample = i;
            range.check(this.labels[i], () -> "label of " + inputs.name(sample));
        }
    }

    /** Receives progress. */
    @FunctionalInterface
    public interface Progress {
        /** So many samples of all are done. */
        void update(long done, long all);
    }

    /**
     * Extracts, or continues what an interrupted call has left in the folder.
     *
     * @param folder created if it does not exist
     * @throws IOException with one line, if a sample cannot be read, the model fails, or the results cannot be written
     */
    public Extraction into(Path folder, Progress progress) throws IOException {
        Files.createDirectories(folder);
        int d = model.weights().columns();
        long all = inputs.count();
        Path journalFile = folder.resolve(JOURNAL);
        Path part = folder.resolve(PART);
        ExtractionJournal begin = ExtractionJournal.begin(
                model.identity(), inputs.identity(), labels.length == 0 ? 0 : Arrays.hashCode(labels), batch);
        ExtractionJournal earlier = ExtractionJournal.read(journalFile)
                .filter(begin::isOfSame)
                .filter(journal -> journal.rows() <= all)
                .orElse(begin);
        if (earlier.rows() > NpyPart.rowsIn(part, all, d)) {
            earlier = begin;
        }
        Answers answers = new Answers(labels, kept(all / 50, 400), kept(all / 100, 200));
        answers.add(earlier.correct());
        Batches batches = new Batches(model, inputs, batch);
        LogitCheck.Compared compared = new LogitCheck.Compared(earlier.difference(), earlier.largest());
        try (NpyPart features = NpyPart.open(part, all, d, earlier.rows())) {
            compared = run(batches, features, answers, compared, begin, earlier.rows(), journalFile, progress);
            writeLayer(folder);
            features.finish(folder.resolve("features.npy"));
        }
        Files.deleteIfExists(journalFile);
        List<String> doubts =
                labels.length == 0 ? List.of() : new Doubts(model, batches, inputs, labels).about(answers);
        return new Extraction(
                all,
                earlier.rows(),
                d,
                model.weights().rows(),
                model.bias().isPresent(),
                model.head(),
                inputs.description(),
                labels.length == 0 ? OptionalLong.empty() : OptionalLong.of(answers.correct()),
                compared.difference(),
                compared.largest(),
                doubts);
    }

    private static int kept(long share, int most) {
        return (int) Math.max(32, Math.min(most, share));
    }

    private record Piece(long first, int count, TrainedModel.Outputs outputs, LogitCheck.Compared compared) {}

    private LogitCheck.Compared run(
            Batches batches,
            NpyPart features,
            Answers answers,
            LogitCheck.Compared earlier,
            ExtractionJournal journal,
            long start,
            Path journalFile,
            Progress progress)
            throws IOException {
        long all = inputs.count();
        int piece = Math.max(1, PIECE / batch) * batch;
        LogitCheck check = new LogitCheck(name, model);
        LogitCheck.Compared compared = earlier;
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "model");
            thread.setDaemon(true);
            return thread;
        });
        Deque<Future<Piece>> pending = new ArrayDeque<>();
        try {
            long next = start;
            long written = System.nanoTime();
            while (next < all || !pending.isEmpty()) {
                while (next < all && pending.size() < 2 * threads) {
                    long first = next;
                    int count = (int) Math.min(piece, all - first);
                    pending.add(pool.submit(() -> piece(batches, check, first, count)));
                    next += count;
                }
                Piece done = result(pending.remove());
                features.append(done.outputs().features(), done.count());
                answers.add(
                        done.first(),
                        done.outputs().logits(),
                        done.count(),
                        model.weights().rows());
                compared = compared.and(done.compared());
                long rows = done.first() + done.count();
                progress.update(rows, all);
                if (System.nanoTime() - written > journalInterval.toNanos()) {
                    journal.at(rows, answers.correct(), compared).write(journalFile);
                    written = System.nanoTime();
                }
            }
        } finally {
            pool.shutdownNow();
        }
        return compared;
    }

    private Piece piece(Batches batches, LogitCheck check, long first, int count) throws IOException {
        long[] indices = new long[count];
        Arrays.setAll(indices, i -> first + i);
        TrainedModel.Outputs outputs = batches.run(inputs, indices);
        return new Piece(first, count, outputs, check.compare(outputs, count, i -> inputs.name(first + i)));
    }

    private static Piece result(Future<Piece> piece) throws IOException {
        try {
            return piece.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void writeLayer(Path folder) throws IOException {
        Matrix weights = model.weights();
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT64);
        writer.writeMatrix(
                folder.resolve("weights.npy"),
                weights.data(),
                weights.rows(),
                weights.columns(),
                NpyWriter.Layout.COLUMN_MAJOR);
        Path bias = folder.resolve("bias.npy");
        if (model.bias().isPresent()) {
            writer.writeVector(bias, model.bias().get());
        } else {
            Files.deleteIfExists(bias); // of another model, it would be taken for this one's
        }
        Path labelFile = folder.resolve("labels.npy");
        if (labels.length > 0) {
            NpyWriter.writeLabels(
                    labelFile, Arrays.stream(labels).asLongStream().toArray());
        } else {
            Files.deleteIfExists(labelFile);
        }
    }
}
