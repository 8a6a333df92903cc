package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.io.GroupedLayer;
import io.github.collapse4j.landscape.CriticalPoint;
import io.github.collapse4j.landscape.Landscape;
import io.github.collapse4j.landscape.Relabellings;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The critical points of a landscape with free features as files. */
final class LandscapeFiles {
    private static final List<String> COLUMNS = List.of(
            "rank",
            "objective",
            "verdict",
            "index",
            "nullity",
            "orbitDimension",
            "relabellings",
            "smallestEigenvalue",
            "largestEigenvalue",
            "sigmaOverMu",
            "gradientNorm",
            "timesFound");

    private LandscapeFiles() {}

    static void write(PointFiles files, Landscape landscape) throws IOException {
        UfmProblem problem = landscape.problem();
        List<CriticalPoint> points = landscape.atlas().points();
        List<PointFiles.Entry> entries = new ArrayList<>();
        List<String> relabellings = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            CriticalPoint point = points.get(i);
            relabellings.add(
                    files.outputs() instanceof GroupedLayer.Labels
                            ? Relabellings.count(problem, point.point()).toString()
                            : ""); // exchanges of targets are not counted
            entries.add(new PointFiles.Entry(
                    PointFiles.Vectors.of(problem, point.point()),
                    Optional.of(landscape.spectra().get(i).levels()),
                    escape(problem, point),
                    row(point, relabellings.get(i))));
        }
        files.write(entries, COLUMNS, LandscapeTex.table(problem, points, relabellings));
    }

    /** The eigenvector of the smallest eigenvalue, if that is negative. */
    private static Optional<PointFiles.Vectors> escape(UfmProblem problem, CriticalPoint point) {
        return point.index() == 0
                ? Optional.empty()
                : Optional.of(PointFiles.Vectors.of(
                        problem,
                        UfmModel.reduced(problem)
                                .objective()
                                .toPoint(point.spectrum().lowest())));
    }

    private static List<String> row(CriticalPoint point, String relabellings) {
        return List.of(
                Integer.toString(point.rank()),
                Double.toString(point.objective()),
                point.verdict().name(),
                Integer.toString(point.index()),
                Integer.toString(point.nullity()),
                Integer.toString(point.spectrum().orbitDimension()),
                relabellings,
                Double.toString(point.minCurvature()),
                Double.toString(point.maxCurvature()),
                Double.toString(point.sigmaOverMu()),
                Double.toString(point.gradientNorm()),
                Integer.toString(point.timesFound()));
    }
}
