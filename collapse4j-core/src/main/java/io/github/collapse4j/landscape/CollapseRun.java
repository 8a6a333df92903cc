package io.github.collapse4j.landscape;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.metrics.BetweenScatter;
import io.github.collapse4j.metrics.CentredMeans;
import io.github.collapse4j.metrics.EtfDistance;
import io.github.collapse4j.metrics.TraceVariability;
import io.github.collapse4j.model.RandomStarts;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.GradientDescent;
import io.github.collapse4j.optim.HeavyBall;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.StepSize;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.Deviations;
import io.github.collapse4j.stats.MomentsAccumulator;
import java.util.ArrayList;
import java.util.List;

/** Features collapsing during a descent: metrics of the full model, geometry of the reduced one. */
final class CollapseRun {
    private static final int FRAMES = 150;
    private static final int MAX_SAMPLES_PER_CLASS = 20;

    private final UfmProblem problem;
    private final double optimum;
    private final RandomStarts starts;

    CollapseRun(UfmProblem problem, double optimum, long seed) {
        this.problem = problem;
        this.optimum = optimum;
        this.starts = new RandomStarts(seed);
    }

    /** NC1–NC3 of the full model along gradient descent from a random point; empty if the model is too large. */
    List<Landscape.CollapseStep> steps() {
        if (problem.counts().samples() > (long) MAX_SAMPLES_PER_CLASS * problem.classes() || problem.classes() < 2) {
            return List.of();
        }
        UfmModel model = UfmModel.full(problem);
        UfmObjective objective = model.objective();
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = model.label(j);
        }
        List<Landscape.CollapseStep> steps = new ArrayList<>();
        new GradientDescent(GradientDescent.Options.defaults())
                .minimize(
                        objective,
                        objective.toVector(starts.point(model, 0)),
                        Limits.defaults().withMaxIterations(20_000),
                        (iteration, value, norm, x) -> {
                            if (isShown(iteration)) {
                                steps.add(step(
                                        iteration,
                                        objective.toPoint(x),
                                        labels,
                                        Math.max(0, (value - optimum) / optimum)));
                            }
                            return false;
                        });
        return steps;
    }

    private Landscape.CollapseStep step(int iteration, UfmPoint point, int[] labels, double gap) {
        int d = point.features().rows();
        SampleBatch batch = new SampleBatch(d, labels.length);
        System.arraycopy(point.features().data(), 0, batch.features(), 0, d * labels.length);
        System.arraycopy(labels, 0, batch.labels(), 0, labels.length);
        batch.filled(0, labels.length);
        MomentsAccumulator accumulator = new MomentsAccumulator(problem.classes(), d, true);
        accumulator.update(batch);
        ClassMoments moments = accumulator.snapshot();
        CentredMeans means = CentredMeans.of(moments, CentredMeans.GlobalMean.OF_CLASS_MEANS);
        Deviations within = new Deviations.Whole(moments.within().orElseThrow());
        return new Landscape.CollapseStep(
                iteration,
                TraceVariability.of(BetweenScatter.of(means), within, labels.length, problem.classes()),
                EtfDistance.ofWeights(point.classifier()),
                EtfDistance.between(point.classifier(), means.centred()),
                gap);
    }

    /** Selects about forty iterations per decade. */
    private static boolean isShown(int iteration) {
        return iteration < 20 || Math.floor(40 * Math.log10(iteration)) != Math.floor(40 * Math.log10(iteration - 1.0));
    }

    /** Heavy ball with a fixed step, starting close to zero, the flattest saddle. */
    List<Landscape.Frame> frames(double step) {
        UfmModel model = UfmModel.reduced(problem);
        UfmObjective objective = model.objective();
        UfmPoint start = starts.point(model, 1);
        start.classifier().scale(1e-3);
        start.features().scale(1e-3);
        List<double[]> points = new ArrayList<>();
        List<Integer> iterations = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        new HeavyBall(HeavyBall.Options.defaults().withStep(new StepSize.Fixed(step)))
                .minimize(
                        objective,
                        objective.toVector(start),
                        Limits.defaults().withGradientTolerance(1e-6).withMaxIterations(20_000),
                        (iteration, value, norm, x) -> {
                            points.add(x.clone());
                            iterations.add(iteration);
                            values.add(value);
                            return false;
                        });
        Matrix axes =
                principalAxes(objective.toPoint(points.get(points.size() - 1)).classifier());
        List<Landscape.Frame> frames = new ArrayList<>();
        int count = Math.min(FRAMES, points.size());
        for (int f = 0; f < count; f++) {
            int i = count == 1 ? 0 : (int) ((long) f * (points.size() - 1) / (count - 1));
            UfmPoint point = objective.toPoint(points.get(i));
            Matrix means = LinearAlgebra.multiply(point.features(), Op.TRANSPOSE, axes, Op.NONE);
            for (int k = 0; k < means.rows(); k++) {
                for (int a = 0; a < means.columns(); a++) {
                    means.set(
                            k,
                            a,
                            means.get(k, a)
                                    / Math.sqrt((double) problem.counts().count(k)));
                }
            }
            frames.add(new Landscape.Frame(
                    iterations.get(i), values.get(i), LinearAlgebra.multiply(point.classifier(), axes), means));
        }
        return frames;
    }

    /** The right singular vectors of the three largest singular values, {@code d×3}; zeros if d is smaller. */
    private static Matrix principalAxes(Matrix classifier) {
        Matrix v = LinearAlgebra.svd(classifier).v();
        Matrix axes = Matrix.zeros(v.rows(), 3);
        int available = Math.min(3, v.columns());
        System.arraycopy(v.data(), 0, axes.data(), 0, v.rows() * available);
        return axes;
    }
}
