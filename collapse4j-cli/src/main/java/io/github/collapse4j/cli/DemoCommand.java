package io.github.collapse4j.cli;

import static io.github.collapse4j.cli.Table.format;
import static io.github.collapse4j.cli.Table.number;

import io.github.collapse4j.certificate.Assessment;
import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.landscape.MultiStart;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: certify a real layer, solve its model, and walk the model's saddles. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "The story on a bundled real network: is its last layer optimal, what is the optimum, and why can no"
                        + " training get stuck on the way?",
        footer = {"", "Example:", "  collapse4j demo"})
final class DemoCommand implements Callable<Integer> {
    private static final int STARTS = 8;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        LastLayer layer = BundledLayer.read();
        LastLayerCertificate certificate = new LastLayerAnalysis(
                        LastLayerAnalysis.Options.of(LossName.ce.loss()), SolveListener.SILENT)
                .analyze(layer);
        out.println("1. Is a real last layer at its global optimum?");
        out.println();
        out.print(new CertifyReport(BundledLayer.DESCRIPTION, layer, LossName.ce, certificate).text());
        Certified certified = certificate.certified().orElseThrow();
        out.println();
        out.println("2. What is the optimum? The model with this layer's class counts and penalties, solved");
        out.println();
        Verdict verdict = certified.optimum().verdict(Assessor.Options.defaults());
        out.print(new SolveReport(certified.optimum(), verdict, LossName.ce, Double.NaN).text());
        out.println();
        out.println(
                "3. Can training get stuck? At d = K every other critical point is a strict saddle. One of each rank:");
        out.println();
        out.print(saddles(certified.problem()));
        out.println();
        out.println("Now your own: collapse4j certify features.npy labels.npy --weights W.npy --bias b.npy");
        out.flush();
        return 0;
    }

    /** The lowest critical point of each rank found: a minimum at d' = rank, padded with zeros to d. */
    private static Table saddles(UfmProblem problem) {
        Table table = new Table("  ").row("rank", "objective", "σ_max/μ", "curvature along Δ", "index ≥", "verdict");
        UfmModel model = UfmModel.reduced(problem);
        Assessor assessor = new Assessor(Assessor.Options.defaults().withSearchStarts(0));
        for (int rank = 1; rank < problem.classes(); rank++) {
            UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(rank));
            UfmPoint point = new MultiStart(0).best(narrow, STARTS).point().padTo(problem.featureDimension());
            Assessment assessment = assessor.assess(model, point);
            table.row(
                    Integer.toString(assessment.facts().rank()),
                    format("%.8f", assessment.facts().objective()),
                    number(assessment.facts().sigmaOverMu()),
                    assessment.verdict() instanceof Verdict.StrictSaddle saddle
                            ? format("%.3e", saddle.curvatureByHessian())
                            : "–",
                    assessment.verdict() instanceof Verdict.StrictSaddle saddle
                            ? Long.toString(saddle.indexLowerBound())
                            : "–",
                    assessment.verdict().name());
        }
        return table;
    }
}
