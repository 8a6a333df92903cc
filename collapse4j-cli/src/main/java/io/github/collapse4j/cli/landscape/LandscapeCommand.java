package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.cli.option.CountsOptions;
import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.PageOption;
import io.github.collapse4j.cli.option.PenaltyOptions;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.ResultFiles;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.StatedModel;
import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.hunt.ChunkRunner;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.StatedFeatures;
import io.github.collapse4j.landscape.AtlasOptions;
import io.github.collapse4j.landscape.Landscape;
import io.github.collapse4j.landscape.LandscapeStudy;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.nonnegative.NonnegativeHunt;
import io.github.collapse4j.nonnegative.NonnegativeProblem;
import io.github.collapse4j.report.EndsPage;
import io.github.collapse4j.report.LandscapePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code landscape}: critical points, escapes and the hunt for spurious minima. */
@Command(
        name = "landscape",
        mixinStandardHelpOptions = true,
        description = {
            "Critical points of every rank, how optimisers leave them, and a search for spurious local minima.",
            "",
            "The critical points come from a search, which may miss some; each is listed with the number of starts that"
                    + " ended there. The hunt counts where its random starts end: at a certified global minimum, at the"
                    + " lowest value known where none is certified, at another local minimum, at a saddle, or nowhere"
                    + " (not converged).",
            "",
            "Defaults: K = 4, d = 4, both losses."
        },
        footer = {
            "",
            "Examples:",
            "  collapse4j landscape --html landscape.html",
            "  collapse4j landscape --loss ce --classes 8 --per-class 9 --dim 2:10 --starts 200"
                    + " --lambda-w 0.003 --lambda-h 0.0005 --lambda-b 0.1 --json landscape.json",
            "  collapse4j landscape --counts 30,12,5,3 --starts 1000 --resume hunt.journal",
            "  collapse4j landscape --loss ce --classes 5 --out points",
            "  collapse4j landscape --features unit --temperature 3 --counts 1,10,10 --out heads",
            "  collapse4j landscape --loss ce --counts 40,30,5 --targets mixed.npy --dim 2",
            "  collapse4j landscape --features unit --temperature 3 --counts 1,1000,1000",
            "  collapse4j landscape --loss ce --counts 30,12,5,3 --dim 2 --prove proofs",
            "  collapse4j landscape --counts 9,5,2 --loss ce --no-bias --features nonnegative --starts 200"
        })
public final class LandscapeCommand implements Callable<Integer> {
    private final ChunkRunner runner;

    @OptionGroup("Loss and penalties")
    @Option(
            names = "--loss",
            defaultValue = "both",
            converter = Losses.Converter.class,
            description =
                    "${COMPLETION-CANDIDATES}: cross-entropy, squared error, binary cross-entropy summed over the classes, or"
                            + " the first two (default: ${DEFAULT-VALUE}).")
    private Losses losses = Losses.both;

    @Mixin
    private LossOptions lossOptions = new LossOptions();

    @Mixin
    private CountsOptions counts = new CountsOptions();

    @Option(
            names = "--targets",
            paramLabel = "T.npy",
            description =
                    "Targets in place of class labels, M×K: a row for each count of --counts, a distribution for ce,"
                            + " numbers from 0 to 1 for bce. With class weights, the loss is divided by the number of samples.")
    private @Nullable String targets;

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Mixin
    private CosineGroups cosine = new CosineGroups();

    @Option(
            names = "--dim",
            paramLabel = "d|a:b",
            converter = DimensionRange.Converter.class,
            description = "Feature dimension of the atlas, or the range of the hunt (default: atlas K, hunt 2:K+2).")
    private @Nullable DimensionRange dimensions;

    @Mixin
    private PenaltyOptions penalties = new PenaltyOptions(0.005, 0.001);

    @Option(
            names = "--starts",
            paramLabel = "M",
            defaultValue = "20",
            converter = Ranges.AtLeastOne.class,
            description = "Random starts per dimension, penalty and optimiser (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(names = "--seed", paramLabel = "s", defaultValue = "0", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Keep the hunt's progress in FILE.ce, FILE.mse or FILE.bce, one for each loss; a killed hunt"
                    + " resumes from there.")
    private @Nullable String journal;

    @Option(
            names = "--prove",
            arity = "0..1",
            paramLabel = "DIR",
            fallbackValue = "proofs",
            description =
                    "Prove the local minima that the hunt finds above the lowest known point, and write a proof file"
                            + " for each to DIR, for verify (default: ${FALLBACK-VALUE}).")
    private @Nullable String proofs;

    @OptionGroup("Output")
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write every critical point of the atlas to DIR: W, H, b, spectrum, the steepest escape of a saddle"
                            + " and, as CSV and LaTeX, a table of all points; a folder for each loss and, of non-negative or"
                            + " unit features, for each dimension.")
    private @Nullable Path folder;

    @Mixin
    private PageOption page;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    /** Runs the descents on all cores of this machine. */
    public LandscapeCommand() {
        this(ChunkRunner.PARALLEL, ResultFiles.LOCAL);
    }

    /** Runs the descents and writes the results elsewhere. */
    public LandscapeCommand(ChunkRunner runner, ResultFiles files) {
        this.runner = runner;
        this.page = new PageOption(files);
        this.json = new JsonOption(files);
    }

    @Override
    public Integer call() throws IOException {
        if (features.isUnit("--loss", "--targets", "--resume", "--prove")) {
            return unit();
        }
        boolean isFree = features.domain(FeatureDomain.values()) == FeatureDomain.FREE;
        if (!isFree) {
            refuse(journal != null, "--resume", "parts of a search with --starts and other --seed add up");
            refuse(proofs != null, "--prove", "proof files have no sign of the features");
        }
        cosine.requireNone();
        boolean freeBias = penalties.bias() instanceof Bias.Free;
        Models groups = targets == null
                ? Models.ofClasses(losses, lossOptions, counts.classCountsOr(4, 10), freeBias)
                : Models.ofTargets(losses, lossOptions, counts.groupCounts(), targets, freeBias);
        int classes = groups.classes();
        DimensionRange range = range(Math.min(2, classes), classes + 2);
        int atlasDimension = dimensions != null && dimensions.isOne() ? dimensions.first() : classes;
        if (proofs != null) {
            penalties.exact(1);
            Files.createDirectories(FileName.path(proofs));
        }
        requireMultiples(penalties.lambdaW(), "--lambda-w");
        requireMultiples(penalties.lambdaH(), "--lambda-h");
        json.checkWritable();
        page.checkWritable();
        if (!isFree) {
            return nonnegative(groups, range(classes, classes));
        }
        LandscapeOutput output = new LandscapeOutput(spec, seed, page, json);
        for (StatedLoss loss : groups.losses()) {
            StatedModel model = model(loss, groups, atlasDimension);
            UfmProblem problem = model.problem();
            Optional<PointFiles> files = files(loss.name().name(), model, FeatureDomain.FREE);
            PenaltyHunt penaltyHunt = new PenaltyHunt(problem, range, loss.name(), starts, seed);
            List<ProblemOutcome> hunt = penaltyHunt.run(journal, runner);
            Landscape landscape = explore(problem, hunt, loss);
            HuntProofs proved = proofs == null
                    ? HuntProofs.none()
                    : penaltyHunt.prove(
                            hunt, factor -> model.ungrouped(spec.commandLine(), factor), FileName.path(proofs));
            if (files.isPresent()) {
                LandscapeFiles.write(files.get(), landscape);
            }
            output.add(
                    LandscapeJson.of(landscape, proved, loss),
                    () -> new LandscapeReport(landscape, proved, loss).text() + PointFiles.announcement(files));
        }
        LandscapeJson.addFlat(output.result());
        output.write(LandscapePage::html);
        return 0;
    }

    private Landscape explore(UfmProblem problem, List<ProblemOutcome> hunt, StatedLoss loss) {
        try (CountProgress progress = new CountProgress("atlas " + loss.name().name())) {
            return new LandscapeStudy(AtlasOptions.defaults().withSeed(seed), progress::update).explore(problem, hunt);
        }
    }

    private int unit() throws IOException {
        json.checkWritable();
        page.checkWritable();
        LandscapeOutput output = new LandscapeOutput(spec, seed, page, json);
        cosine.explore(counts, features, dimensions, starts, seed, folder, output);
        output.write(EndsPage::html);
        return 0;
    }

    private Optional<PointFiles> files(String name, StatedModel model, FeatureDomain domain) throws IOException {
        return PointFiles.in(
                folder,
                name,
                model.counts(),
                model.groups(),
                model.objective(StatedFeatures.of(domain)),
                model.dimension());
    }

    private StatedModel model(StatedLoss loss, Models groups, int d) {
        return new StatedModel(loss, groups.counts(), groups.targets(), d, penalties);
    }

    private int nonnegative(Models groups, DimensionRange range) throws IOException {
        LandscapeOutput output = new LandscapeOutput(spec, seed, page, json);
        for (StatedLoss loss : groups.losses()) {
            for (int d = range.first(); d <= range.last(); d++) {
                StatedModel model = model(loss, groups, d);
                NonnegativeProblem problem = new NonnegativeProblem(model.problem());
                NonnegativeMinima minima =
                        new NonnegativeMinima(problem, new NonnegativeHunt(problem, seed).run(starts), loss, starts);
                Optional<PointFiles> files = files(loss.name().name() + "/d" + d, model, FeatureDomain.NONNEGATIVE);
                if (files.isPresent()) {
                    minima.write(files.get());
                }
                output.add(
                        minima.json(), () -> minima.text() + System.lineSeparator() + PointFiles.announcement(files));
            }
        }
        output.write(EndsPage::html);
        return 0;
    }

    private void refuse(boolean given, String option, String otherwise) {
        if (given) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + ": expected --features free, found --features nonnegative (" + otherwise + ")");
        }
    }

    /** The penalties of the map must also be finite and above 0. */
    private void requireMultiples(double lambda, String option) {
        if (!PenaltyHunt.hasMultiples(lambda)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + ": expected a number that stays finite and above 0 when divided or multiplied by 4, found "
                            + lambda);
        }
    }

    private DimensionRange range(int first, int last) {
        return dimensions == null ? new DimensionRange(first, last) : dimensions;
    }
}
