package io.github.collapse4j.cli.prove;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.cli.option.ClassRange;
import io.github.collapse4j.cli.option.ModelOptions;
import io.github.collapse4j.cli.option.ProofModel;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.StatedModel;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.TheoremText;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.proof.ProofFile;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.Verification;
import io.github.collapse4j.prover.BoundProver;
import io.github.collapse4j.prover.MinimumSearch;
import io.github.collapse4j.prover.SaddleSearch;
import io.github.collapse4j.prover.TargetProver;
import io.github.collapse4j.prover.Translation;
import io.github.collapse4j.solve.Optimum;
import io.github.collapse4j.solve.Solution;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code prove}: finds a proof, checks it as {@code verify} does, and writes it to a file. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "collapse4j prove --counts=n,n,… --dim=d --out=FILE [OPTIONS]",
            "       collapse4j prove --theorem=saddle|bound|global --counts=n,n,… --out=FILE [OPTIONS]",
            "       collapse4j prove --family=two-simplices --classes=a:b [--out=FILE]"
        },
        description = {
            "Proves a theorem about a landscape: a spurious local minimum (searched for from many starts), a strict"
                    + " saddle, a lower bound for every d, or a global minimum. The proof is written to a file that"
                    + " verify, and programs in other languages, can check (docs/proof-format.md).",
            "Penalties are exactly the decimals given, and d is at most K. Exit code 0 only if the theorem is proved."
        },
        footer = {
            "",
            "Examples:",
            "  collapse4j prove --counts 9,5,2 --dim 1 --lambda-w 0.004 --lambda-h 0.002 --lambda-b 0 --out minimum.json",
            "  collapse4j prove --theorem bound --classes 1000 --long-tail 1280:5 --lambda-h 1e-7 --out bound.json",
            "  collapse4j prove --theorem global --counts 100,50,20 --out global.json",
            "  collapse4j prove --family two-simplices --classes 6:1000"
        })
public final class ProveCommand implements Callable<Integer> {
    /** What to prove about a model. */
    enum Kind {
        minimum,
        saddle,
        bound,
        global
    }

    /** Families of models. */
    enum Family {
        two_simplices;

        @Override
        public String toString() {
            return "two-simplices";
        }
    }

    @Mixin
    private ModelOptions options = new ModelOptions();

    @Option(
            names = "--theorem",
            defaultValue = "minimum",
            description =
                    "${COMPLETION-CANDIDATES}: a spurious local minimum, a strict saddle, a lower bound, or a global"
                            + " minimum (default: ${DEFAULT-VALUE}).")
    private Kind kind = Kind.minimum;

    @Option(
            names = "--rank",
            paramLabel = "r",
            converter = Ranges.AtLeastZero.class,
            description = "Rank of the strict saddle, below d; 0 only with a bias (default: 1).")
    private int rank = 1;

    @Option(
            names = "--family",
            description =
                    "${COMPLETION-CANDIDATES}: balanced cross-entropy at d = K − 2 for a range of --classes and any"
                            + " number of samples per class.")
    private @Nullable Family family;

    @Option(
            names = "--kappa",
            paramLabel = "p/q",
            defaultValue = "3/10",
            description = "μK√n of the family, a fraction below 1 (default: ${DEFAULT-VALUE}).")
    private String kappa = "3/10";

    @Option(
            names = "--point",
            paramLabel = "DIR",
            description =
                    "A layer near the spurious minimum (features, labels, weights, bias) to use instead of a search.")
    private @Nullable String point;

    @Option(
            names = "--starts",
            paramLabel = "M",
            defaultValue = "64",
            converter = Ranges.AtLeastOne.class,
            description = "Number of random starts of the search (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--seed",
            paramLabel = "s",
            defaultValue = "0",
            description = "Seed of the random starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @OptionGroup("Output")
    @Option(names = "--out", paramLabel = "FILE", description = "Write the proof to this file.")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (family == null && file == null) {
            throw wrongUsage("expected --out=FILE for the proof");
        }
        if (family != null) {
            return report(familyProof());
        }
        StatedModel model = options.model();
        if (model.dimension() > model.outputs()) {
            throw wrongUsage("--dim: expected at most K = " + model.outputs() + ", found " + model.dimension());
        }
        return switch (kind) {
            case minimum -> report(minimum(model.ungrouped(spec.commandLine(), 1), model.dimension()));
            case saddle -> report(saddle(model.ungrouped(spec.commandLine(), 1), model.dimension()));
            case bound -> bound(model);
            case global -> report(global(model));
        };
    }

    private Proof familyProof() {
        ClassRange range =
                options.counts().classRange().orElseThrow(() -> wrongUsage("--family: expected --classes=a:b"));
        if (range.from() < 6 || range.to() > 1000) {
            throw wrongUsage("--classes: expected a range within 6:1000, found " + range);
        }
        Rational fraction = Rational.parse(kappa)
                .filter(value -> value.numerator().compareTo(value.denominator()) < 0)
                .orElseThrow(
                        () -> wrongUsage("--kappa: expected a fraction between 0 and 1 such as 3/10, found " + kappa));
        return new Proof.TwoSimplices(range.from(), range.to(), fraction);
    }

    private int bound(StatedModel stated) throws IOException {
        int d = stated.dimension();
        if (options.hasTargets()) {
            TargetProver prover = TargetProver.of(stated.ungrouped(spec.commandLine(), 1), d);
            return reportBound(prover.lowerBound(), d, prover.solution().objective());
        }
        ProofModel model = stated.ofProof(spec.commandLine());
        ExactModel exact = model.isSmall() ? model.classes() : model.grouped();
        Solution solution = BoundProver.solve(exact, d);
        return reportBound(new BoundProver(exact, solution.twin()).lowerBound(), d, solution.objective());
    }

    private int reportBound(Proof proof, int d, double objective) throws IOException {
        int exitCode = report(proof);
        PrintWriter out = spec.commandLine().getOut();
        out.println("  The solver's point of dimension " + d + " has the value " + Table.format("%.15g", objective)
                + ", in doubles and not part of the proof.");
        out.flush();
        return exitCode;
    }

    private Proof global(StatedModel stated) throws IOException {
        int d = stated.dimension();
        if (options.hasTargets()) {
            TargetProver prover = TargetProver.of(stated.ungrouped(spec.commandLine(), 1), d);
            certified(prover.solution(), d);
            return prover.globalMinimum();
        }
        ProofModel model = stated.ofProof(spec.commandLine());
        if (!model.isSmall()) {
            ExactModel groups = model.grouped();
            return new BoundProver(
                            groups, certified(BoundProver.solve(groups, d), d).twin())
                    .strongest(d);
        }
        ExactModel classes = model.classes();
        Solution solution = certified(BoundProver.solve(classes, d), d);
        return new BoundProver(classes, solution.twin()).globalMinimum(solution.point());
    }

    /** A value far above the bound would be proved to be global to within a width that says nothing. */
    private static <T extends Optimum> T certified(T solution, int d) throws InputException {
        if (solution.relativeGap() > Assessor.Options.defaults().relativeGap()) {
            throw new InputException(Table.format(
                    "not proved: expected a value that meets its lower bound, found %.6g above %.6g at d = %d"
                            + " (--theorem bound proves the bound)",
                    solution.objective(), solution.lowerBound().value(), d));
        }
        return solution;
    }

    private Proof minimum(ExactModel model, int d) throws IOException {
        if (model.isBenign(d)) {
            throw new InputException("a theorem excludes spurious minima at d = " + d + " for this loss and bias");
        }
        MinimumSearch search = new MinimumSearch(model, d);
        MinimumSearch.Result result = point == null
                ? search.search(seed, starts)
                : search.prove(PointReader.read(point, Translation.problem(model, d)), seed, starts);
        if (result instanceof MinimumSearch.Result.Found found) {
            return found.proof();
        }
        throw new InputException("not proved: " + result.description());
    }

    private Proof saddle(ExactModel model, int d) {
        if (rank >= d) {
            throw wrongUsage("--rank: expected less than d = " + d + ", found " + rank);
        }
        if (rank == 0 && !model.bias().isPresent()) {
            throw wrongUsage("--rank: expected at least 1 without a bias, found 0");
        }
        return new SaddleSearch(model, d).proof(rank, seed, starts);
    }

    private int report(Proof proof) throws IOException {
        Verification verification = proof.verify();
        PrintWriter out = spec.commandLine().getOut();
        if (verification instanceof Verification.NotProved failure) {
            throw new InputException("not proved: " + failure.reason());
        }
        if (file != null) {
            ProofFile.write(file, proof);
        }
        if (verification instanceof Verification.Proved proved) {
            out.print(TheoremText.of(file == null ? "two-simplices" : file.toString(), proved.theorem()));
        }
        out.flush();
        return 0;
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
