package io.github.collapse4j.cli.measure;

import io.github.collapse4j.io.FileName;
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

    static List<FeatureSet> open(List<String> items, SampleFiles files) throws IOException {
        List<FeatureSet> checkpoints = new ArrayList<>();
        for (String item : Locations.split(String.join(",", items), Series::isThere)) {
            int equals = nameEnd(item);
            String pattern = item.substring(equals + 1);
            List<String> folders = Locations.of(pattern);
            if (equals >= 0 && folders.size() != 1) {
                throw new InputException(
                        "--series " + item + ": expected one folder for this name, found " + folders.size());
            }
            for (String folder : folders) {
                Path path = FileName.path(folder);
                String name = equals >= 0 ? item.substring(0, equals) : String.valueOf(path.getFileName());
                checkpoints.add(FeatureSet.ofFolder(name, path, files));
            }
        }
        return checkpoints;
    }

    /**
     * The index of the equals sign after the name; −1 if there is none, or if it is part of the folder as in
     * {@code runs/lr=0.1}.
     */
    private static int nameEnd(String item) {
        return Locations.isThere(item) ? -1 : item.indexOf('=');
    }

    private static boolean isThere(String item) {
        return Locations.isThere(item.substring(nameEnd(item) + 1));
    }
}
