package io.github.collapse4j.model;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.optim.SmoothFunction;

/**
 * Value, gradient and Hessian-vector products of a {@link UfmModel} over the vector {@code [W | H | b]} (each in
 * column-major order; b only if the model has a bias). Nothing is allocated after construction. Not thread-safe,
 * although the kernels themselves use all cores.
 */
public final class UfmObjective implements SmoothFunction {
    private final UfmModel model;
    private final UfmProblem problem;
    private final Matrix w;
    private final Matrix h;
    private final double[] b;
    private final Matrix dw;
    private final Matrix dh;
    private final double[] db;
    private final Matrix trialW;
    private final Matrix trialH;
    private final double[] trialB;
    private final Matrix logits;
    private final Matrix residual;
    private final Matrix gradient;
    private final Matrix change;
    private final Matrix imageW;
    private final Matrix imageH;

    UfmObjective(UfmModel model) {
        this.model = model;
        this.problem = model.problem();
        int classes = problem.classes();
        int d = problem.featureDimension();
        int columns = model.columns();
        w = Matrix.zeros(classes, d);
        h = Matrix.zeros(d, columns);
        b = new double[classes];
        dw = Matrix.zeros(classes, d);
        dh = Matrix.zeros(d, columns);
        db = new double[classes];
        trialW = Matrix.zeros(classes, d);
        trialH = Matrix.zeros(d, columns);
        trialB = new double[classes];
        logits = Matrix.zeros(classes, columns);
        residual = Matrix.zeros(classes, columns);
        gradient = Matrix.zeros(classes, columns);
        change = Matrix.zeros(classes, columns);
        imageW = Matrix.zeros(classes, d);
        imageH = Matrix.zeros(d, columns);
    }

    public UfmModel model() {
        return model;
    }

    @Override
    public int dimension() {
        return model.dimension();
    }

    @Override
    public double value(double[] x) {
        unpack(x, trialW, trialH, trialB);
        computeLogits(trialW, trialH, trialB);
        return model.dataTerm().value(logits) + penalty(trialW, trialH, trialB);
    }

    @Override
    public double linearize(double[] x, double[] gradientVector) {
        unpack(x, w, h, b);
        computeLogits(w, h, b);
        double value = model.dataTerm().evaluate(logits, residual) + penalty(w, h, b);
        scaleColumns(residual, gradient);
        LinearAlgebra.multiply(1, gradient, Op.NONE, h, Op.TRANSPOSE, 0, imageW);
        LinearAlgebra.multiply(1, w, Op.TRANSPOSE, gradient, Op.NONE, 0, imageH);
        pack(w, h, b, residual, gradientVector);
        return value;
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        unpack(direction, dw, dh, db);
        LinearAlgebra.multiply(1, dw, Op.NONE, h, Op.NONE, 0, logits);
        LinearAlgebra.multiply(1, w, Op.NONE, dh, Op.NONE, 1, logits);
        addBias(logits, db);
        // From here on, `change` holds the change of the residuals and `logits` its weighted form.
        model.dataTerm().curvature(residual, logits, change);
        scaleColumns(change, logits);
        LinearAlgebra.multiply(1, logits, Op.NONE, h, Op.TRANSPOSE, 0, imageW);
        LinearAlgebra.multiply(1, gradient, Op.NONE, dh, Op.TRANSPOSE, 1, imageW);
        LinearAlgebra.multiply(1, w, Op.TRANSPOSE, logits, Op.NONE, 0, imageH);
        LinearAlgebra.multiply(1, dw, Op.TRANSPOSE, gradient, Op.NONE, 1, imageH);
        pack(dw, dh, db, change, image);
    }

    /**
     * {@code ∇g}, the derivative with respect to WH at the last linearisation, {@code K×columns}; overwritten by the
     * next one.
     */
    public Matrix lossGradient() {
        return gradient;
    }

    /** The residuals at the last linearisation, {@code K×columns}; overwritten by the next one. */
    public Matrix residual() {
        return residual;
    }

    /** A point as the vector {@code [W | H | b]}. */
    public double[] toVector(UfmPoint point) {
        requireShape("classifier", point.classifier(), w);
        requireShape("features", point.features(), h);
        double[] x = new double[dimension()];
        int sizeW = w.data().length;
        int sizeH = h.data().length;
        System.arraycopy(point.classifier().data(), 0, x, 0, sizeW);
        System.arraycopy(point.features().data(), 0, x, sizeW, sizeH);
        if (problem.bias().isPresent()) {
            System.arraycopy(point.bias(), 0, x, sizeW + sizeH, b.length);
        } else if (Vectors.maxAbs(point.bias()) != 0) {
            throw new IllegalArgumentException("bias: expected zeros in a model without bias");
        }
        return x;
    }

    /** The point given by a vector {@code [W | H | b]}, copied. */
    public UfmPoint toPoint(double[] x) {
        UfmPoint point = new UfmPoint(
                Matrix.zeros(w.rows(), w.columns()), Matrix.zeros(h.rows(), h.columns()), new double[b.length]);
        unpack(x, point.classifier(), point.features(), point.bias());
        return point;
    }

    private static void requireShape(String name, Matrix found, Matrix expected) {
        if (found.rows() != expected.rows() || found.columns() != expected.columns()) {
            throw new IllegalArgumentException(name + ": expected " + expected.rows() + "×" + expected.columns()
                    + ", found " + found.rows() + "×" + found.columns());
        }
    }

    private void unpack(double[] x, Matrix intoW, Matrix intoH, double[] intoB) {
        int sizeW = intoW.data().length;
        int sizeH = intoH.data().length;
        System.arraycopy(x, 0, intoW.data(), 0, sizeW);
        System.arraycopy(x, sizeW, intoH.data(), 0, sizeH);
        if (problem.bias().isPresent()) {
            System.arraycopy(x, sizeW + sizeH, intoB, 0, intoB.length);
        }
    }

    /** Writes {@code [imageW + λ_W W | imageH + λ_H H | Σ_j ω_j e_j + λ_b b]}. */
    private void pack(Matrix ofW, Matrix ofH, double[] ofB, Matrix residuals, double[] into) {
        int sizeW = ofW.data().length;
        int sizeH = ofH.data().length;
        for (int i = 0; i < sizeW; i++) {
            into[i] = imageW.data()[i] + problem.lambdaW() * ofW.data()[i];
        }
        for (int i = 0; i < sizeH; i++) {
            into[sizeW + i] = imageH.data()[i] + problem.lambdaH() * ofH.data()[i];
        }
        if (problem.bias().isPresent()) {
            int classes = ofB.length;
            int start = sizeW + sizeH;
            for (int k = 0; k < classes; k++) {
                into[start + k] = problem.bias().lambda() * ofB[k];
            }
            for (int j = 0; j < model.columns(); j++) {
                double weight = model.dataTerm().weight(j);
                for (int k = 0; k < classes; k++) {
                    into[start + k] += weight * residuals.data()[j * classes + k];
                }
            }
        }
    }

    private void computeLogits(Matrix classifier, Matrix features, double[] bias) {
        LinearAlgebra.multiply(1, classifier, Op.NONE, features, Op.NONE, 0, logits);
        addBias(logits, bias);
    }

    private void addBias(Matrix products, double[] bias) {
        int classes = bias.length;
        double[] z = products.data();
        for (int j = 0; j < model.columns(); j++) {
            double scale = model.scale(j);
            for (int k = 0; k < classes; k++) {
                z[j * classes + k] = scale * z[j * classes + k] + bias[k];
            }
        }
    }

    private void scaleColumns(Matrix from, Matrix into) {
        int classes = problem.classes();
        for (int j = 0; j < model.columns(); j++) {
            double factor = model.dataTerm().weight(j) * model.scale(j);
            for (int k = 0; k < classes; k++) {
                into.data()[j * classes + k] = factor * from.data()[j * classes + k];
            }
        }
    }

    private double penalty(Matrix classifier, Matrix features, double[] bias) {
        return (problem.lambdaW() * classifier.dot(classifier)
                        + problem.lambdaH() * features.dot(features)
                        + problem.bias().lambda() * Vectors.dot(bias, bias))
                / 2;
    }
}
