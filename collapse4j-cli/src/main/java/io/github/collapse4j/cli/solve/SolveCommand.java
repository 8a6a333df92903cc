package io.github.collapse4j.cli.solve;

import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.BoundProof;
import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.ModelOptions;
import io.github.collapse4j.cli.option.PageOption;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.StatedModel;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cli.text.Progress;
import io.github.collapse4j.cosine.CosineSolver;
import io.github.collapse4j.io.GroupedLayer;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.nonnegative.NonnegativeProblem;
import io.github.collapse4j.nonnegative.NonnegativeSolution;
import io.github.collapse4j.nonnegative.NonnegativeSolver;
import io.github.collapse4j.nonnegative.TooFewDimensionsException;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TargetSolution;
import io.github.collapse4j.solve.TargetSolver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code solve}: the certified global minimum of a model. */
@Command(
        name = "solve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "collapse4j solve --classes=K --per-class=n [OPTIONS]",
            "       collapse4j solve --classes=K --long-tail=a:b [OPTIONS]",
            "       collapse4j solve --counts=n,n,… [OPTIONS]",
            "       collapse4j solve --groups=mxn,mxn,… [OPTIONS]"
        },
        description = "Finds the certified global minimum of the unconstrained feature model: value, bound, logits and"
                + " geometry.",
        footer = {
            "",
            "Examples:",
            "  collapse4j solve --classes 10 --per-class 500",
            "  collapse4j solve --counts 100,50,20 --lambda-h 1e-3 --out optimum",
            "  collapse4j solve --groups 900000x1000,100000x5 --lambda-h 1e-9 --json -",
            "  collapse4j solve --classes 1000 --long-tail 1280:5 --lambda-h 1e-7",
            "  collapse4j solve --counts 100,50,20 --label-smoothing 0.1 --class-weights balanced",
            "  collapse4j solve --counts 100,50,20 --loss bce --pos-weight 2",
            "  collapse4j solve --counts 100,50,20 --features nonnegative",
            "  collapse4j solve --counts 9,5,2 --features unit --temperature 16 --margin 0.3",
            "  collapse4j solve --counts 100,50,20 --prove minimum.json"
        })
public final class SolveCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Option(
            names = "--gap",
            paramLabel = "g",
            defaultValue = "1e-10",
            converter = Ranges.NotNegative.class,
            description = "Certified relative gap at which to stop (default: ${DEFAULT-VALUE}).")
    private double gap;

    @Option(
            names = "--starts",
            paramLabel = "M",
            defaultValue = "24",
            converter = Ranges.AtLeastOne.class,
            description = "Random starts where d is too small for the certificate (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--seed",
            paramLabel = "s",
            defaultValue = "0",
            description = "Seed of the random starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @OptionGroup("Output")
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write features.npy (N×d, a row per sample, class by class), labels.npy (N; targets.npy, N×K, with"
                            + " --targets), weights.npy (K×d) and bias.npy (K) to DIR, and loss and penalties"
                            + " (objective.json), for certify and measure.")
    private @Nullable Path directory;

    @Mixin
    private BoundProof proof = new BoundProof();

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private PageOption page = new PageOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (features.isUnit("--targets")) {
            requireNoProofOrPage("unit features");
            return new CosineSolve(model, features, json, spec)
                    .run(new CosineSolver.Options(gap, starts, seed), directory);
        }
        FeatureDomain domain = features.domain(FeatureDomain.values());
        if (domain != FeatureDomain.FREE) {
            requireNoProofOrPage("non-negative features");
        }
        return model.hasTargets() ? solveTargets(domain) : solveClasses(domain);
    }

    private int solveClasses(FeatureDomain domain) throws IOException {
        StatedModel stated = model.model();
        UfmProblem problem = stated.problem();
        proof.check(stated.loss());
        json.checkWritable();
        page.checkWritable();
        Optional<SolutionFiles> files = SolutionFiles.prepare(directory, stated, domain);
        return domain == FeatureDomain.FREE
                ? solveFree(problem, stated.loss(), files)
                : solveNonnegative(problem, stated.loss(), files);
    }

    private void requireNoProofOrPage(String found) {
        if (page.isGiven() || proof.isRequested()) {
            throw new ParameterException(
                    spec.commandLine(),
                    (page.isGiven() ? "--html" : "--prove") + ": expected free features of classes, found " + found);
        }
    }

    private int solveFree(UfmProblem problem, StatedLoss stated, Optional<SolutionFiles> files) throws IOException {
        long start = System.nanoTime();
        Solution solution;
        try (Progress progress = new Progress(gap)) {
            solution = new GlobalSolver(options(), progress).solve(problem);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Verdict verdict = solution.verdict(Assessor.Options.defaults());
        SolveReport report = new SolveReport(solution, verdict, stated, seconds);
        Optional<GroupedLayer> layer = write(solution::point, files);
        BoundProof.Outcome proved = proof.prove(
                stated, problem.counts(), () -> model.penalties().exact(1), solution::twin, problem.featureDimension());
        JsonObject result = SolveJson.of(solution, verdict, stated);
        proved.addTo(result);
        page.write(() -> new SolvePage(solution, verdict, report).html());
        print(() -> result, report::text, layer, out -> {
            proved.print(out);
            page.announce(out);
        });
        return proved.exitCode();
    }

    private int solveNonnegative(UfmProblem problem, StatedLoss stated, Optional<SolutionFiles> files)
            throws IOException {
        long start = System.nanoTime();
        try {
            NonnegativeSolution solution = new NonnegativeSolver(options()).solve(new NonnegativeProblem(problem));
            double seconds = (System.nanoTime() - start) / 1e9;
            NonnegativeReport report =
                    new NonnegativeReport(solution, solution.verdict(Assessor.Options.defaults()), stated, seconds);
            Optional<GroupedLayer> layer = write(solution::point, files);
            print(report::json, report::text, layer, out -> {});
            return 0;
        } catch (TooFewDimensionsException e) {
            throw new InputException("--dim: " + e.getMessage());
        }
    }

    private static Optional<GroupedLayer> write(Supplier<UfmPoint> point, Optional<SolutionFiles> files)
            throws IOException {
        return files.isEmpty() ? Optional.empty() : Optional.of(files.get().write(point.get()));
    }

    private void print(
            Supplier<JsonObject> result,
            Supplier<String> text,
            Optional<GroupedLayer> layer,
            Consumer<PrintWriter> more)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        json.write(result, out);
        if (!json.isStandardOutput()) {
            out.print(text.get());
            if (directory != null) {
                SolutionFiles.announce(directory, layer.orElseThrow(), out);
            }
            more.accept(out);
            out.flush();
        }
    }

    private int solveTargets(FeatureDomain domain) throws IOException {
        boolean isFree = domain == FeatureDomain.FREE;
        if (directory != null && !isFree) {
            throw new ParameterException(
                    spec.commandLine(), "--out: expected --targets with free features, found --features " + domain);
        }
        if (page.isGiven()) {
            requireNoProofOrPage("--targets");
        }
        json.checkWritable();
        StatedModel stated = model.model();
        UfmProblem problem = stated.problem();
        if (!isFree) {
            return solveNonnegative(problem, stated.loss(), Optional.empty());
        }
        Matrix targets = stated.targets().orElseThrow();
        proof.checkTargets(stated.loss(), targets);
        Optional<SolutionFiles> files = SolutionFiles.prepare(directory, stated, domain);
        TargetSolution solution = new TargetSolver(options()).solve(problem);
        TargetReport report = new TargetReport(solution, solution.verdict(Assessor.Options.defaults()), stated.loss());
        Optional<GroupedLayer> layer = write(solution::point, files);
        BoundProof.Outcome proved = proof.proveTargets(
                stated.loss(), stated.counts(), targets, () -> model.penalties().exact(1), problem.featureDimension());
        JsonObject result = report.json();
        proved.addTo(result);
        print(() -> result, report::text, layer, proved::print);
        return proved.exitCode();
    }

    private SolveOptions options() {
        return SolveOptions.defaults().withRelativeGap(gap).withStarts(starts).withSeed(seed);
    }
}
