package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.EuclideanProblem;
import io.github.collapse4j.optim.TrustRegionNewton;
import io.github.collapse4j.solve.ClassGroups;

/**
 * The group lasso solved: one unit for each class that survives (docs/theory.md §14).
 *
 * @param model the problem in groups
 * @param objective its minimum, attained by a model with as many units as surviving classes
 * @param lowerBound a certified lower bound on the minimum over all H ≥ 0, tight if the polar is μ
 * @param columns R̂ by groups, {@code (G+1)×G}
 * @param bias one bias per group
 * @param residual the residuals, {@code (G+1)×G}
 */
record LassoSolution(
        LassoModel model, double objective, LowerBound lowerBound, Matrix columns, double[] bias, Matrix residual) {
    static LassoSolution of(UfmProblem problem) {
        LassoModel model = new LassoModel(problem);
        LassoBias function = new LassoBias(model);
        double[] variables = new double[model.size()];
        double value;
        if (problem.bias().isPresent()) {
            EuclideanProblem euclidean = new EuclideanProblem(function, variables);
            new TrustRegionNewton(TrustRegionNewton.Options.defaults()
                            .withGradientTolerance(1e-17)
                            .withMaxIterations(200))
                    .minimize(euclidean);
            variables = euclidean.point();
        }
        value = function.linearize(variables, new double[variables.length]);
        Matrix residual = function.residual();
        Matrix columns = Matrix.zeros(model.rows(), model.size());
        for (int a = 0; a < model.size(); a++) {
            System.arraycopy(function.column(a).entries(), 0, columns.data(), a * model.rows(), model.rows());
        }
        return new LassoSolution(
                model, value, model.lowerBound(residual, value), columns, function.bias(variables), residual);
    }

    /** ‖R̂e_k‖ of the classes of a group. */
    double norm(int group) {
        double squares = 0;
        for (int h = 0; h < columns.rows(); h++) {
            squares += model.data().multiplicity(h, group) * columns.get(h, group) * columns.get(h, group);
        }
        return Math.sqrt(squares);
    }

    /** Whether the classes of a group have a unit. */
    boolean survives(int group) {
        return Vectors.maxAbs(columns.column(group)) > 0;
    }

    /** The logits by groups, {@code (G+1)×G}. */
    Matrix logits() {
        Matrix logits = columns.copy();
        for (int a = 0; a < model.size(); a++) {
            for (int h = 0; h < model.rows(); h++) {
                double scaled = columns.get(h, a) / Math.sqrt(model.groups().counts()[a]);
                logits.set(h, a, scaled + bias[model.biasGroup(h, a)]);
            }
        }
        return logits;
    }

    /** The number of classes with a unit. */
    int survivors() {
        int survivors = 0;
        for (int a = 0; a < model.size(); a++) {
            survivors += survives(a) ? model.groups().sizes()[a] : 0;
        }
        return survivors;
    }

    /** Balanced factors with one unit for each surviving class, in the order of the classes, then zero units. */
    UfmPoint point(int featureDimension) {
        UfmProblem problem = model.problem();
        ClassGroups groups = model.groups();
        int classes = problem.classes();
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        Matrix w = Matrix.zeros(classes, featureDimension);
        Matrix h = Matrix.zeros(featureDimension, classes);
        double[] b = new double[classes];
        int unit = 0;
        for (int k = 0; k < classes; k++) {
            int a = groups.groupOf()[k];
            b[k] = bias[a];
            if (!survives(a)) {
                continue;
            }
            double root = Math.sqrt(norm(a));
            for (int j = 0; j < classes; j++) {
                int row = j == k ? groups.groups() : groups.groupOf()[j];
                w.set(j, unit, ratio * columns.get(row, a) / root);
            }
            h.set(unit++, k, root / ratio);
        }
        return new UfmPoint(w, h, b);
    }
}
