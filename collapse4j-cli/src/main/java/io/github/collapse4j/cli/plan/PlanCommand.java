package io.github.collapse4j.cli.plan;

import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.CountsOptions;
import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.PageOption;
import io.github.collapse4j.cli.option.PenaltyOptions;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.CommandText;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.plan.CoarseCounts;
import io.github.collapse4j.plan.PlanSetting;
import io.github.collapse4j.report.PlanPage;
import io.github.collapse4j.solve.ClassGroups;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plan}: what the last layer will strive for, from class counts alone. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "collapse4j plan --counts=n,n,…|@FILE|LABELS.npy [OPTIONS]",
            "       collapse4j plan --classes=K --long-tail=a:b [OPTIONS]",
            "       collapse4j plan --groups=mxn,mxn,… [OPTIONS]"
        },
        description =
                "What will the last layer strive for? From class counts, loss and penalties alone: the dimensions it"
                        + " needs, classes that are lost, margins, angles, and what equalises them.",
        footer = {
            "",
            "Examples:",
            "  collapse4j plan --counts 5000,2000,800,300,120,50,20,12",
            "  collapse4j plan --counts labels.npy --html plan.html --weight-decay 5e-4 --lambda-h 1e-6",
            "  collapse4j plan --groups 5x500,5x5 --mu 1e-3 --label-smoothing 0.1",
            "  collapse4j plan --counts 5000,800,120,12 --features nonnegative",
            "  collapse4j plan --counts 5000,800,120,12 --features unit --temperature 16",
            "  collapse4j plan --classes 1000 --long-tail 1280:5 --mu 1e-6:1e-4 --json plan.json"
        })
public final class PlanCommand implements Callable<Integer> {
    /** Maximum number of distinct counts that are solved for; the time of a solve grows with their cube. */
    private static final int MAX_COUNTS = 16;

    private static final int MAX_GROUPS = 64;

    /** Maximum number of classes of a cosine head, which is not solved in groups. */
    private static final int MAX_UNIT_CLASSES = 1000;

    @Mixin
    private CountsOptions counts = new CountsOptions();

    @OptionGroup("Loss and penalties")
    @Option(
            names = "--loss",
            defaultValue = "ce",
            converter = LossName.Converter.class,
            description = "${COMPLETION-CANDIDATES}: cross-entropy, squared error or binary cross-entropy (default:"
                    + " ${DEFAULT-VALUE}).")
    private LossName loss = LossName.ce;

    @Mixin
    private LossOptions lossOptions = new LossOptions();

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Mixin
    private PenaltyOptions penalties = new PenaltyOptions(5e-4, 1e-5);

    @Mixin
    private MuOptions mu = new MuOptions();

    @Mixin
    private PageOption page = new PageOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (features.isUnit("--weight-decay", "--mu")) {
            return planUnit();
        }
        FeatureDomain domain = features.domain(FeatureDomain.values());
        ClassCounts given = counts.classCounts();
        CoarseCounts coarse = CoarseCounts.of(given, MAX_COUNTS);
        Bias bias = mu.bias(penalties);
        PlanSetting setting = new PlanSetting(coarse.counts(), mu.mu(penalties), bias);
        StatedLoss stated = lossOptions.ofClasses(loss, coarse.counts(), bias instanceof Bias.Free);
        mu.range(); // a wrong one is refused before any work
        page.checkWritable();
        json.checkWritable();
        TrainingLoss statement = coarse.of(lossOptions.statement(loss, coarse.counts()));
        int groups = ClassGroups.of(setting.problem(statement)).groups();
        if (groups > MAX_GROUPS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected at most " + MAX_GROUPS + " kinds of classes of the same count, weight and margin, found "
                            + groups);
        }
        if (domain == FeatureDomain.NONNEGATIVE) {
            return planBehindRelu(setting.problem(statement), coarse, given, stated);
        }
        long start = System.nanoTime();
        String name = stated.arguments().isEmpty() ? stated.title() : "the stated loss";
        Plan plan;
        try (PlanProgress progress = new PlanProgress(groups)) {
            plan = Plan.of(coarse, setting.withListener(progress), name, statement, mu);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Plan found = plan;
        return report(
                PlanJson.of(found, given, stated, CommandText.of(spec)),
                () -> new PlanReport(found, stated.title(), given, seconds).text());
    }

    private int planBehindRelu(UfmProblem problem, CoarseCounts coarse, ClassCounts given, StatedLoss stated)
            throws IOException {
        ReluPlan plan = ReluPlan.of(problem, coarse, given, mu);
        return report(plan.json(stated, CommandText.of(spec)), () -> plan.text(stated.title()));
    }

    private int planUnit() throws IOException {
        if (loss != LossName.ce) {
            throw new ParameterException(spec.commandLine(), "--loss: expected ce with --features=unit, found " + loss);
        }
        ClassCounts given = counts.classCounts();
        if (given.classes() > MAX_UNIT_CLASSES) {
            throw new ParameterException(
                    spec.commandLine(),
                    format(
                            "--features=unit: expected at most %,d classes, found %,d",
                            MAX_UNIT_CLASSES, given.classes()));
        }
        page.checkWritable();
        json.checkWritable();
        UnitPlan plan =
                UnitPlan.of(CosineProblem.ofClasses(given, given.classes(), features.temperature(), features.margin()));
        return report(plan.json(CommandText.of(spec)), plan::text);
    }

    private int report(JsonObject result, Supplier<String> text) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        page.write(() -> PlanPage.html(result));
        json.write(result, out);
        if (!json.isStandardOutput()) {
            out.print(text.get());
            page.announce(out);
            out.flush();
        }
        return 0;
    }
}
