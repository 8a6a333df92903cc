package io.github.collapse4j.cli;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.Locations;
import io.github.collapse4j.io.samples.SampleFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The checkpoints of {@code --series}: folders, patterns of folders, or {@code name=folder}. */
final class Series {
    private Series() {}

    static List<Checkpoint> open(List<String> items, SampleFiles files) throws IOException {
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (String item : Locations.split(String.join(",", items))) {
            int equals = item.indexOf('=');
            String pattern = item.substring(equals + 1);
            List<String> folders = Locations.of(pattern);
            if (equals >= 0 && folders.size() != 1) {
                throw new InputException(
                        "--series " + item + ": expected one folder for this name, found " + folders.size());
            }
            for (String folder : folders) {
                Path path = Path.of(folder);
                String name = equals >= 0 ? item.substring(0, equals) : String.valueOf(path.getFileName());
                checkpoints.add(Checkpoint.ofFolder(name, path, files));
            }
        }
        return checkpoints;
    }
}
