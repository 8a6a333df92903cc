package io.github.collapse4j.landscape;

import io.github.collapse4j.curvature.FullSpectrum;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.Adam;
import io.github.collapse4j.optim.EuclideanTrustRegion;
import io.github.collapse4j.optim.GradientDescent;
import io.github.collapse4j.optim.HeavyBall;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.Nesterov;
import io.github.collapse4j.optim.StepSize;
import io.github.collapse4j.solve.Optimum;
import io.github.collapse4j.solve.SolveOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Explores one model: its critical points, how optimisers leave them, and how features collapse along the way. */
public final class LandscapeStudy {
    private static final int ESCAPE_ITERATIONS = 20_000;
    private static final double SAME_VALUE = 1e-7;

    private final AtlasOptions options;
    private final AtlasListener listener;

    public LandscapeStudy(AtlasOptions options, AtlasListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /** Explores a model; the hunt's outcomes are passed through. */
    public Landscape explore(UfmProblem problem, List<ProblemOutcome> hunt) {
        Optimum optimum = Optimum.of(problem, SolveOptions.defaults().withSeed(options.seed()));
        Atlas atlas = new SaddleAtlas(options, listener).explore(problem);
        UfmModel model = UfmModel.reduced(problem);
        List<FullSpectrum> spectra =
                atlas.points().stream().map(point -> spectrum(model, point)).toList();
        double largestCurvature = atlas.points().stream()
                .mapToDouble(CriticalPoint::maxCurvature)
                .max()
                .orElse(1);
        CollapseRun run = new CollapseRun(problem, optimum.objective(), options.seed());
        boolean isOfClasses = problem.loss().isOfClasses(); // which alone can collapse
        return new Landscape(
                problem,
                optimum,
                atlas,
                spectra,
                escapes(model, optimum, atlas, 1 / (1.5 * largestCurvature)),
                isOfClasses && problem.classes() <= 4 ? run.frames(1 / (1.5 * largestCurvature)) : List.of(),
                isOfClasses ? run.steps() : List.of(),
                hunt);
    }

    private static FullSpectrum spectrum(UfmModel model, CriticalPoint point) {
        return point.spectrum() instanceof Spectrum.Complete reduced
                ? FullSpectrum.at(model, point.point(), reduced)
                : FullSpectrum.at(model, point.point());
    }

    /** Runs every method from the lowest saddle of each rank. */
    private static List<Landscape.Escape> escapes(UfmModel model, Optimum optimum, Atlas atlas, double step) {
        EscapeExperiment experiment = new EscapeExperiment(
                model, optimum.objective(), Limits.defaults().withMaxIterations(ESCAPE_ITERATIONS));
        double stiffness = atlas.points().stream()
                .filter(CriticalPoint::isGlobalMinimum)
                .mapToDouble(point -> point.spectrum().smallestPositive())
                .findFirst()
                .orElse(1);
        TreeMap<Integer, Integer> lowestOfRank = new TreeMap<>();
        for (int i = 0; i < atlas.points().size(); i++) {
            if (atlas.points().get(i).index() > 0) {
                lowestOfRank.putIfAbsent(atlas.points().get(i).rank(), i);
            }
        }
        List<Landscape.Escape> escapes = new ArrayList<>();
        for (int from : lowestOfRank.values()) {
            CriticalPoint saddle = atlas.points().get(from);
            for (EscapeExperiment.Method method : methods(step)) {
                EscapeRun run = experiment.run(
                        method, saddle.point(), saddle.spectrum().lowest(), saddle.minCurvature(), stiffness);
                escapes.add(new Landscape.Escape(from, pointOfValue(atlas, run.objective()), run));
            }
        }
        return escapes;
    }

    private static OptionalInt pointOfValue(Atlas atlas, double value) {
        for (int i = 0; i < atlas.points().size(); i++) {
            if (Math.abs(atlas.points().get(i).objective() - value) <= SAME_VALUE * value) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static List<EscapeExperiment.Method> methods(double step) {
        StepSize fixed = new StepSize.Fixed(step);
        return List.of(
                new EscapeExperiment.Method(
                        "gradient descent", new GradientDescent(new GradientDescent.Options(fixed)), true),
                new EscapeExperiment.Method(
                        "heavy ball", new HeavyBall(HeavyBall.Options.defaults().withStep(fixed)), true),
                new EscapeExperiment.Method(
                        "Nesterov",
                        new Nesterov(Nesterov.Options.defaults().withStep(fixed).withRestart(Nesterov.Restart.NONE)),
                        true),
                new EscapeExperiment.Method("Adam", new Adam(Adam.Options.defaults()), false),
                new EscapeExperiment.Method("L-BFGS", new Lbfgs(Lbfgs.Options.defaults()), false),
                new EscapeExperiment.Method(
                        "trust-region Newton",
                        new EuclideanTrustRegion(EuclideanTrustRegion.Options.defaults()),
                        false));
    }
}
