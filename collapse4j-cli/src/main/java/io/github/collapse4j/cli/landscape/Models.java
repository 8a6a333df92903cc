package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.TargetFile;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the explored models are about. All losses are checked before anything is computed.
 *
 * @param counts samples of each class, or of each of M groups with targets
 * @param classes K
 * @param losses the losses to explore
 * @param targets K×M, in place of classes
 */
record Models(ClassCounts counts, int classes, List<StatedLoss> losses, Optional<Matrix> targets) {
    static Models ofClasses(Losses losses, LossOptions options, ClassCounts counts, boolean freeBias)
            throws IOException {
        List<StatedLoss> stated = new ArrayList<>();
        for (LossName loss : losses.names()) {
            stated.add(options.ofClasses(loss, counts, freeBias));
        }
        return new Models(counts, counts.classes(), stated, Optional.empty());
    }

    /** @param file the targets, M×K */
    static Models ofTargets(Losses losses, LossOptions options, ClassCounts counts, String file, boolean freeBias)
            throws IOException {
        Matrix targets = TargetFile.read(file, counts.classes(), "counts");
        List<StatedLoss> stated = new ArrayList<>();
        for (LossName loss : losses.names()) {
            stated.add(options.ofTargets(loss, counts, file, targets, freeBias));
        }
        return new Models(counts, targets.rows(), stated, Optional.of(targets));
    }
}
