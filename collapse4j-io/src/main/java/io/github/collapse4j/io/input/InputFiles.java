package io.github.collapse4j.io.input;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ArrayLocation;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelArray;
import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.idx.IdxFile;
import io.github.collapse4j.io.image.ImageFolder;
import io.github.collapse4j.io.image.LabelledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens what people have as inputs of a model. */
public final class InputFiles {
    private InputFiles() {}

    /**
     * Opens data for a model.
     *
     * @throws InputException if there is nothing of that name, or it does not fit the model
     */
    public static ModelInputs open(InputRequest request, ModelInput input) throws IOException {
        String location = request.location();
        ArrayLocation place = ArrayLocation.parse(location);
        if (!FileName.exists(place.file())) {
            throw new NoSuchFileException(place.file());
        }
        if (!place.array().isEmpty()) {
            return arrays(location, request, input);
        }
        Path path = FileName.path(location);
        if (Files.isDirectory(path)) {
            return PictureInputs.of(folder(path, request.part()), input, request);
        }
        if (PictureFile.isPicture(location)) {
            throw new InputException(location + ": expected the folder with all pictures, found one of them");
        }
        if (IdxFile.isIdx(path)) {
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
                || (part == InputRequest.Part.ANY && parts.train().isPresent());
        Optional<LabelledImages> images = isTrain ? parts.train() : parts.test();
        return new PackedPictures(
                folder + (isTrain ? " (training part)" : " (test part)"),
                images.orElseThrow(() -> new InputException(folder + ": expected "
                        + (isTrain ? "training" : "test") + " images as --part says, found only "
                        + (isTrain ? "test" : "training") + " images")),
                true);
    }

    private static ModelInputs arrays(String location, InputRequest request, ModelInput input) throws IOException {
        ArrayLocation place = ArrayLocation.parse(location);
        Path file = FileName.path(place.file());
        String identity =
                file.toAbsolutePath().normalize() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        Optional<ArrayArchive> archive = place.array().isEmpty() ? ArrayFile.archive(location) : Optional.empty();
        if (archive.isEmpty()) {
            return of(ArrayFile.open(location), request, input, Optional.empty(), identity + " " + place.array());
        }
        try (ArrayArchive arrays = archive.get()) {
            InputArchive found = InputArchive.in(arrays, location, request.part());
            Optional<int[]> labels = Optional.empty();
            if (found.labels().isPresent()) {
                try (NumericArray array = arrays.array(found.labels().get())) {
                    labels = Optional.of(labels(array));
                }
            }
            return of(arrays.array(found.inputs()), request, input, labels, identity + " " + found.inputs());
        }
    }

    private static ModelInputs of(
            NumericArray array, InputRequest request, ModelInput input, Optional<int[]> labels, String identity)
            throws IOException {
        try {
            ModelInputs inputs = ArrayInputs.of(array, input, request, labels, identity);
            if (labels.isPresent() && labels.get().length != inputs.count()) {
                throw new InputException(array.name() + ": expected a sample for each of " + labels.get().length
                        + " labels beside it, found " + inputs.count());
            }
            return inputs;
        } catch (IOException | RuntimeException e) {
            array.close();
            throw e;
        }
    }
}
