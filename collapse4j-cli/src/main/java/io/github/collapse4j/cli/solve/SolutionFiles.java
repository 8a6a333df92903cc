package io.github.collapse4j.cli.solve;

import io.github.collapse4j.cli.option.LayerFolder;
import io.github.collapse4j.cli.option.StatedModel;
import io.github.collapse4j.io.GroupedLayer;
import io.github.collapse4j.io.StatedFeatures;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.UfmPoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a solution is written as the layer of a network, for {@code certify} and {@code measure}. */
record SolutionFiles(Path directory, StatedModel model, FeatureDomain domain) {
    /** Rejects what cannot be written, before anything is solved; empty if nothing is to be written. */
    static Optional<SolutionFiles> prepare(@Nullable Path directory, StatedModel model, FeatureDomain domain)
            throws IOException {
        if (directory == null) {
            return Optional.empty();
        }
        LayerFolder.prepare(directory, model.counts(), model.outputs(), model.dimension());
        return Optional.of(new SolutionFiles(directory, model, domain));
    }

    /** Writes the layer of a point of the reduced model, and returns it. */
    GroupedLayer write(UfmPoint point) throws IOException {
        GroupedLayer layer =
                GroupedLayer.of(model.problem(), point, model.groups(), model.objective(StatedFeatures.of(domain)));
        layer.write(directory);
        return layer;
    }

    /** For the report. */
    static void announce(Path directory, GroupedLayer layer, PrintWriter out) {
        out.println();
        out.println("  Written to " + directory + ": " + layer.names());
        out.println("  To certify them: collapse4j certify " + directory);
    }
}
