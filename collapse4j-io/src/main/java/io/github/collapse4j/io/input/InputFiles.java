package io.github.collapse4j.io.input;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelArray;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.idx.IdxFile;
import io.github.collapse4j.io.image.ImageFolder;
import io.github.collapse4j.io.image.LabelledImages;
import io.github.collapse4j.io.npy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens what people have as inputs of a model. */
public final class InputFiles {
    private static final String NPZ = ".npz";
    private static final List<String> INPUT_NAMES = List.of("inputs", "input", "images", "x", "X", "data");
    private static final List<String> LABEL_NAMES = List.of("labels", "label", "y", "Y", "targets", "target");

    private InputFiles() {}

    /**
     * Opens data for a model.
     *
     * @throws InputException if there is nothing of that name, or it does not fit the model
     */
    public static ModelInputs open(InputRequest request, ModelInput input) throws IOException {
        String location = request.location();
        if (!FileName.exists(location) && !location.contains(NPZ + ":")) {
            throw new NoSuchFileException(location);
        }
        if (!FileName.exists(location)) {
            return arrays(location, request, input);
        }
        Path path = FileName.path(location);
        if (Files.isDirectory(path)) {
            return PictureInputs.of(folder(path, request.part()), input, request);
        }
        if (PictureFile.isPicture(location)) {
            throw new InputException(location + ": expected the folder with all pictures, found one of them");
        }
        if (!location.endsWith(NPZ) && IdxFile.isIdx(path)) {
            return PictureInputs.of(new PackedPictures(location, IdxFile.images(path), false), input, request);
        }
        return arrays(location, request, input);
    }

    /**
     * Reads labels from an array or an IDX file.
     *
     * @param samples how many there must be
     * @throws InputException if there are more or fewer, or one is not a class number
     */
    public static int[] labels(String location, long samples) throws IOException {
        int[] labels;
        if (FileName.exists(location) && !Files.isDirectory(Path.of(location)) && IdxFile.isIdx(Path.of(location))) {
            labels = IdxFile.labels(Path.of(location));
        } else {
            try (NumericArray array = ArrayFile.open(location, ArrayFile.Role.LABELS)) {
                labels = labels(array);
            }
        }
        if (labels.length != samples) {
            throw new InputException(
                    location + ": expected a label for each of " + samples + " samples, found " + labels.length);
        }
        return labels;
    }

    private static int[] labels(NumericArray array) throws IOException {
        LabelArray labels = LabelArray.of(array);
        long[] values = new long[Math.toIntExact(labels.length())];
        labels.read(0, values.length, values);
        int[] classes = new int[values.length];
        for (int i = 0; i < classes.length; i++) {
            if (values[i] < 0 || values[i] > Integer.MAX_VALUE) {
                throw new InputException(labels.position(i) + ": expected a class number, found " + values[i]);
            }
            classes[i] = (int) values[i];
        }
        return classes;
    }

    private static Pictures folder(Path folder, InputRequest.Part part) throws IOException {
        if (!ImageFolder.isDataSet(folder)) {
            return PictureFolder.open(folder);
        }
        ImageFolder.Parts parts = ImageFolder.parts(folder);
        boolean isTrain = part == InputRequest.Part.TRAIN
                || part == InputRequest.Part.ANY && parts.train().isPresent();
        Optional<LabelledImages> images = isTrain ? parts.train() : parts.test();
        return new PackedPictures(
                folder + (isTrain ? " (training part)" : " (test part)"),
                images.orElseThrow(() -> new InputException(folder + ": expected "
                        + (isTrain ? "training" : "test") + " images as --part says, found only "
                        + (isTrain ? "test" : "training") + " images")),
                true);
    }

    private static ModelInputs arrays(String location, InputRequest request, ModelInput input) throws IOException {
        int colon = location.lastIndexOf(NPZ + ":");
        boolean isNamed = colon >= 0 && !FileName.exists(location);
        Path file = FileName.path(isNamed ? location.substring(0, colon + NPZ.length()) : location);
        String identity = file.toAbsolutePath().normalize() + " " + Files.size(file) + " "
                + Files.getLastModifiedTime(file);
        if (!location.endsWith(NPZ) || isNamed) {
            return of(ArrayFile.open(location), request, input, Optional.empty(), identity);
        }
        try (Npz archive = Npz.open(file)) {
            String name = inputs(archive, location, request.part());
            Optional<String> labels = labels(archive, name);
            Optional<int[]> classes = Optional.empty();
            if (labels.isPresent()) {
                try (NumericArray array = archive.array(labels.get())) {
                    classes = Optional.of(labels(array));
                }
            }
            return of(archive.array(name), request, input, classes, identity + " " + name);
        }
    }

    private static ModelInputs of(
            NumericArray array, InputRequest request, ModelInput input, Optional<int[]> labels, String identity)
            throws IOException {
        try {
            if (labels.isPresent() && labels.get().length != array.rows().rows()) {
                throw new InputException(array.name() + ": expected a sample for each of " + labels.get().length
                        + " labels beside it, found " + array.rows().rows());
            }
            return ArrayInputs.of(array, input, request, labels, identity);
        } catch (IOException | RuntimeException e) {
            array.close();
            throw e;
        }
    }

    /** The array of inputs: the only one that is not a vector of integers, or the one with a usual name. */
    private static String inputs(Npz archive, String location, InputRequest.Part part) throws IOException {
        List<String> candidates = new ArrayList<>();
        for (String name : archive.names()) {
            ArrayHeader header = header(archive, name).orElse(null);
            if (header != null && !header.shape().isEmpty() && !isLabels(header)) {
                candidates.add(name);
            }
        }
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        List<String> usual = new ArrayList<>(INPUT_NAMES);
        usual.addAll(0, part == InputRequest.Part.TEST ? List.of("x_test") : List.of("x_train"));
        usual.addAll(part == InputRequest.Part.ANY ? List.of("x_test") : List.of());
        return usual.stream()
                .filter(candidates::contains)
                .findFirst()
                .orElseThrow(() -> new FormatException(
                        location,
                        "array",
                        "a single one of inputs, or " + location + ":NAME",
                        "these names: " + archive.names(),
                        0));
    }

    private static Optional<String> labels(Npz archive, String inputs) throws IOException {
        List<String> usual = new ArrayList<>(LABEL_NAMES);
        if (inputs.startsWith("x_")) {
            usual.add(0, "y_" + inputs.substring(2));
        }
        List<String> candidates = new ArrayList<>();
        for (String name : archive.names()) {
            Optional<ArrayHeader> header = header(archive, name);
            if (!name.equals(inputs) && header.isPresent() && isLabels(header.get())) {
                candidates.add(name);
            }
        }
        return candidates.size() == 1
                ? Optional.of(candidates.get(0))
                : usual.stream().filter(candidates::contains).findFirst();
    }

    private static boolean isLabels(ArrayHeader header) {
        return header.shape().size() == 1 && header.dtype().isIntegral();
    }

    /** Empty for types that are not numbers. */
    private static Optional<ArrayHeader> header(Npz archive, String name) throws IOException {
        try {
            return Optional.of(archive.header(name));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
