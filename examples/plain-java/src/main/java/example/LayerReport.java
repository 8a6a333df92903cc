package example;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.Penalties;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.stats.LinearClassifier;
import java.util.Optional;

/** Solves a model, takes its optimum for a trained layer, and measures and certifies that. */
public final class LayerReport {
    private LayerReport() {}

    public static void main(String[] arguments) {
        long perClass = 20;
        int classes = 4;
        UfmProblem problem = new UfmProblem(
                new CrossEntropy(), ClassCounts.balanced(classes, perClass), classes, 5e-3, 1e-4, Bias.ofLambda(0.01));
        Solution optimum = new GlobalSolver(SolveOptions.defaults()).solve(problem);
        System.out.printf("minimum %.8f, certified to %.0e%n", optimum.objective(), 1e-8);

        // Ĥ has a column for each class, scaled by the root of its count; a network has a feature for each sample.
        UfmPoint point = optimum.point();
        Matrix features = Matrix.zeros(classes, (int) (classes * perClass));
        int[] labels = new int[features.columns()];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = n / (int) perClass;
            for (int i = 0; i < classes; i++) {
                features.set(i, n, point.features().get(i, labels[n]) / Math.sqrt(perClass));
            }
        }
        FeatureSamples samples = new FeatureSamples(features, labels, classes);

        CollapseMeasurement measured = new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                .measure(samples, Optional.of(new LinearClassifier(point.classifier(), point.bias())), Optional.empty());
        System.out.printf("collapsed: %b%n", measured.means().etfDistance().orElse(1) < 1e-6);

        LastLayerAnalysis.Options options =
                new LastLayerAnalysis.Options(new CrossEntropy(), Penalties.Given.of(5e-3, 1e-4), 0.01, 1e-3);
        LastLayerCertificate certificate = new LastLayerAnalysis(options, SolveListener.SILENT)
                .analyze(LastLayer.withBias(SamplePasses.of(samples), point.classifier(), point.bias()));
        System.out.println(certificate.verdict().name());
    }
}
