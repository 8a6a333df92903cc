package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.CollapseState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The figures of an epoch under their names in a checkpoint, which must not change when components are renamed. */
final class EpochFigures {
    /** The names in storage order. */
    static final List<String> NAMES = List.of(
            "loss",
            "accuracy",
            "nc1",
            "nc2",
            "nc3",
            "nc4",
            "mu",
            "sigmaOverMu",
            "relativeGap",
            "trainingLoss",
            "testAccuracy");

    private EpochFigures() {}

    static Map<String, Double> of(EpochRecord epoch) {
        CollapseState state = epoch.state();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", state.loss());
        figures.put("accuracy", state.accuracy());
        figures.put("nc1", state.nc1());
        figures.put("nc2", state.nc2());
        figures.put("nc3", state.nc3());
        figures.put("nc4", state.nc4());
        figures.put("mu", state.mu());
        figures.put("sigmaOverMu", state.sigmaOverMu());
        figures.put("relativeGap", state.relativeGap());
        figures.put("trainingLoss", epoch.trainingLoss());
        figures.put("testAccuracy", epoch.testAccuracy());
        return figures;
    }

    /** Creates an epoch from the figures of all {@link #NAMES}. */
    static EpochRecord epoch(int number, Map<String, Double> figures) {
        CollapseState state = new CollapseState(
                number,
                figure(figures, "loss"),
                figure(figures, "accuracy"),
                figure(figures, "nc1"),
                figure(figures, "nc2"),
                figure(figures, "nc3"),
                figure(figures, "nc4"),
                figure(figures, "mu"),
                figure(figures, "sigmaOverMu"),
                figure(figures, "relativeGap"));
        return new EpochRecord(state, figure(figures, "trainingLoss"), figure(figures, "testAccuracy"));
    }

    static double figure(Map<String, Double> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }
}
