package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.HeadFactor;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.stats.Accumulator;
import io.github.collapse4j.stats.AccumulatorKind;
import io.github.collapse4j.stats.BatchChecks;
import io.github.collapse4j.stats.DoubledSums;
import io.github.collapse4j.stats.State;
import io.github.collapse4j.stats.StateReader;
import io.github.collapse4j.stats.StateWriter;
import java.util.stream.DoubleStream;

/**
 * Sums over the samples of a last layer, batch by batch. Holds a few {@code K×d} matrices and a batch of logits;
 * accumulators of the same layer can be merged. Not thread-safe.
 */
final class LayerAccumulator implements Accumulator<LayerSums> {
    /**
     * Weight, loss, correct, ‖H‖², ‖WᵀE‖² unless EEᵀ is summed, from which it follows, number of negative entries of H.
     */
    private static final int SCALARS = 6;

    private final LayerFactors factors;
    private final BatchResiduals batch;
    private final DoubledSums scalars;
    private final DoubledSums rows;

    /** H·Eᵀ and, below it, ΩᵀEEᵀ: in this order the product is faster than its transpose. */
    private final DoubledSums product;

    /** The lower triangle of EEᵀ, zeros above it. */
    private final DoubledSums gram;

    /** Σ‖Ph‖²; without an entry unless requested. */
    private final DoubledSums seen;

    /** Buffer for the terms of a batch, reused while batches have the same size. */
    private Matrix images = Matrix.zeros(0, 0);

    /** Written by each batch before it is read. */
    private final Matrix productTerm;

    private final Matrix gramTerm;
    private final HeadFactor.Workspace toSeen;
    private Matrix seenTerm = Matrix.zeros(0, 0);

    private LayerAccumulator(
            LayerFactors factors,
            DoubledSums scalars,
            DoubledSums rows,
            DoubledSums product,
            DoubledSums gram,
            DoubledSums seen) {
        this.factors = factors;
        this.batch = new BatchResiduals(factors.layer(), factors.head());
        this.toSeen = factors.toSeen().workspace();
        this.seen = seen;
        this.scalars = scalars;
        this.rows = rows;
        this.product = product;
        this.gram = gram;
        this.productTerm =
                Matrix.zeros(factors.left().columns(), factors.layer().classes());
        this.gramTerm = Matrix.zeros(factors.gramOrder(), factors.gramOrder());
    }

    /** The accumulators of a layer. */
    static AccumulatorKind<LayerAccumulator> kind(LayerLoss layer) {
        return kind(layer, Matrix.zeros(0, layer.classes()));
    }

    /**
     * The accumulators of a layer that also sum the squares of what its head sees.
     *
     * @param toSeen maps logits less bias to it, {@code r×K}
     */
    static AccumulatorKind<LayerAccumulator> kind(LayerLoss layer, Matrix toSeen) {
        LayerFactors factors = LayerFactors.of(layer, toSeen);
        return new AccumulatorKind<>(
                LayerAccumulator.class,
                () -> new LayerAccumulator(
                        factors,
                        new DoubledSums(SCALARS),
                        new DoubledSums(2 * layer.classes()),
                        new DoubledSums(factors.left().data().length),
                        new DoubledSums(factors.gramOrder() * factors.gramOrder()),
                        new DoubledSums(factors.seenSums())),
                state -> fromBytes(factors, state));
    }

    @Override
    public void update(SampleBatch samples) {
        BatchChecks.require(samples, factors.layer().classes(), factors.layer().featureDimension());
        if (samples.count() == 0) {
            return;
        }
        batch.evaluate(samples);
        Matrix residual = batch.residual();
        Matrix features = batch.features();
        double backSquares = 0;
        if (factors.norm().isExact()) {
            batch.products().outer(residual, productTerm);
            batch.products().gram(gramTerm);
            gram.add(gramTerm.data());
        } else {
            backSquares = multiplyWithImages(residual, features);
        }
        double[] entries = features.data();
        scalars.add(
                batch.weight(),
                batch.loss(),
                batch.correct(),
                Vectors.squares(entries, 0, entries.length),
                backSquares,
                (double) Vectors.negatives(entries));
        rows.add(batch.rowSums());
        product.add(productTerm.data());
        if (factors.seenSums() > 0) {
            seen.add(seenSquares());
        }
    }

    private double seenSquares() {
        int r = factors.seenShift().length;
        Matrix logits = batch.logits();
        if (seenTerm.columns() != logits.columns()) {
            seenTerm = Matrix.zeros(r, logits.columns());
        }
        toSeen.load(logits);
        toSeen.forward(seenTerm);
        double squares = 0;
        for (int j = 0; j < logits.columns(); j++) {
            double square = 0;
            for (int i = 0; i < r; i++) {
                double entry = seenTerm.data()[j * r + i] - factors.seenShift()[i];
                square += entry * entry;
            }
            squares += batch.weight(j) * square;
        }
        return squares;
    }

    /** Computes H·Eᵀ above the images ΩᵀEEᵀ, and returns ‖WᵀE‖². */
    private double multiplyWithImages(Matrix residual, Matrix features) {
        if (images.columns() != residual.columns()) {
            images = Matrix.zeros(factors.left().columns(), residual.columns());
        }
        LinearAlgebra.multiply(1, factors.left(), Op.TRANSPOSE, residual, Op.NONE, 0, images);
        int d = features.rows();
        double squares = 0;
        for (int j = 0; j < images.columns(); j++) {
            int first = j * images.rows();
            squares += Vectors.squares(images.data(), first, first + d);
            System.arraycopy(features.data(), j * d, images.data(), first, d);
        }
        LinearAlgebra.multiply(1, images, Op.NONE, residual, Op.TRANSPOSE, 0, productTerm);
        return squares;
    }

    @Override
    public void merge(Accumulator<?> other) {
        if (!(other instanceof LayerAccumulator that) || that.factors.fingerprint() != factors.fingerprint()) {
            throw new IllegalArgumentException("states differ: expected sums of the same layer, found " + other);
        }
        scalars.merge(that.scalars);
        rows.merge(that.rows);
        product.merge(that.product);
        gram.merge(that.gram);
        seen.merge(that.seen);
    }

    @Override
    public LayerSums snapshot() {
        int classes = factors.layer().classes();
        int d = factors.layer().featureDimension();
        double[] sums = scalars.values();
        Matrix products = Matrix.wrap(factors.left().columns(), classes, product.values());
        boolean exact = factors.norm().isExact();
        Matrix forNorm = exact
                ? symmetric(Matrix.wrap(classes, classes, gram.values()))
                : transposedRows(products, d, products.rows());
        return new LayerSums(
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                exact ? factors.backSquares(forNorm) : sums[4],
                sums[5],
                DoubleStream.of(seen.values()).findFirst(),
                rows.values(),
                transposedRows(products, 0, d),
                factors.norm().value(forNorm),
                exact);
    }

    private static Matrix transposedRows(Matrix matrix, int from, int to) {
        Matrix rows = Matrix.zeros(matrix.columns(), to - from);
        for (int j = 0; j < matrix.columns(); j++) {
            for (int i = from; i < to; i++) {
                rows.set(j, i - from, matrix.get(i, j));
            }
        }
        return rows;
    }

    private static Matrix symmetric(Matrix lower) {
        for (int j = 0; j < lower.columns(); j++) {
            for (int i = 0; i < j; i++) {
                lower.set(i, j, lower.get(j, i));
            }
        }
        return lower;
    }

    @Override
    public String toString() {
        return "sums of a layer of K = " + factors.layer().classes() + ", d = "
                + factors.layer().featureDimension();
    }

    /** The binary form: a fingerprint of the layer, and two numbers for each sum. */
    @Override
    public byte[] toBytes() {
        LayerLoss layer = factors.layer();
        StateWriter writer = new StateWriter(State.LAYER, layer.classes(), layer.featureDimension(), payload(factors))
                .put(factors.fingerprint());
        scalars.write(writer);
        rows.write(writer);
        product.write(writer);
        gram.write(writer);
        seen.write(writer);
        return writer.finish();
    }

    private static LayerAccumulator fromBytes(LayerFactors factors, byte[] state) {
        LayerLoss layer = factors.layer();
        StateReader reader = new StateReader(state, State.LAYER);
        reader.requireFrame(layer.classes(), layer.featureDimension());
        reader.requireRemaining(payload(factors));
        reader.requireFingerprint(factors.fingerprint());
        return new LayerAccumulator(
                factors,
                DoubledSums.read(reader, SCALARS),
                DoubledSums.read(reader, 2 * layer.classes()),
                DoubledSums.read(reader, factors.left().data().length),
                DoubledSums.read(reader, factors.gramOrder() * factors.gramOrder()),
                DoubledSums.read(reader, factors.seenSums()));
    }

    private static long payload(LayerFactors factors) {
        long sums = SCALARS
                + 2L * factors.layer().classes()
                + factors.left().data().length
                + (long) factors.gramOrder() * factors.gramOrder()
                + factors.seenSums();
        return Long.BYTES * (1 + 2 * sums);
    }
}
