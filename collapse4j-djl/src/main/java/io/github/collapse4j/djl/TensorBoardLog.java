package io.github.collapse4j.djl;

import io.github.collapse4j.io.tensorboard.EventFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes every epoch to a folder for TensorBoard, as the scalars {@code collapse/nc1} and so on, with the epoch as step.
 * Figures that are not finite are left out. Failures to write are {@link UncheckedIOException}s.
 */
public final class TensorBoardLog implements Consumer<CollapseState> {
    private final Path folder;
    private @Nullable EventFile file;

    /**
     * @param folder the run's folder, created with the first epoch
     */
    public TensorBoardLog(Path folder) {
        this.folder = folder;
    }

    /** Continues a training. The epochs done are written if the folder does not have them from an earlier session. */
    public void resume(List<CollapseState> done) {
        try {
            if (EventFile.isIn(folder)) {
                int last = done.isEmpty() ? 0 : done.get(done.size() - 1).epoch();
                file = EventFile.create(folder, last + 1, Clock.systemUTC());
            } else {
                done.forEach(this);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void accept(CollapseState state) {
        add(state, Map.of());
    }

    /**
     * As {@link #accept}, with more scalars of the same epoch.
     *
     * @param more values by tag
     */
    public void add(CollapseState state, Map<String, Double> more) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        state.figures().forEach((name, value) -> scalars.put(NeuralCollapseListener.PREFIX + name, value));
        scalars.putAll(more);
        try {
            EventFile open = file == null ? EventFile.create(folder, state.epoch(), Clock.systemUTC()) : file;
            file = open;
            open.add(state.epoch(), scalars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
