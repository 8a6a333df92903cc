package io.github.collapse4j.io.image;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.cifar.CifarFile;
import io.github.collapse4j.io.idx.IdxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads training and test images from a folder with the files of MNIST, Fashion-MNIST, KMNIST, EMNIST (IDX, gzipped or
 * not), CIFAR-10 or CIFAR-100 (binary version), under their published names.
 */
public final class ImageFolder {
    /** Test share of a data set without test files. */
    private static final double HELD_OUT = 0.2;

    private static final Pattern CIFAR_10_TRAIN = Pattern.compile("data_batch_[0-9]+\\.bin");
    private static final Pattern CIFAR_10_TEST = Pattern.compile("test_batch\\.bin");
    private static final Pattern CIFAR_100_TRAIN = Pattern.compile("train\\.bin");
    private static final Pattern CIFAR_100_TEST = Pattern.compile("test\\.bin");

    private ImageFolder() {}

    /**
     * Reads the folder. If it has only one of the two parts, a fifth of each class is held out for testing.
     *
     * @param seed seed of the held-out part
     * @throws InputException if files are missing, damaged or inconsistent
     */
    public static ImageSplits read(Path folder, long seed) throws IOException {
        Parts parts = parts(folder);
        Optional<LabelledImages> train = parts.train();
        Optional<LabelledImages> test = parts.test();
        if (train.isPresent() && test.isPresent()) {
            return checked(folder, parts.name(), train.get(), test.get());
        }
        String part = train.isEmpty() ? " (test images only)" : " (training images only)";
        LabelledImages all = train.isPresent() ? train.get() : test.orElseThrow();
        ImageSplits splits = HeldOut.stratified(parts.name() + part, all, HELD_OUT, seed);
        return checked(folder, splits.name(), splits.train(), splits.test());
    }

    /**
     * What a folder holds, in the order of its files; at least one of the two parts.
     *
     * @param name the folder's name, with a remark where labels counted from 1
     */
    public record Parts(String name, Optional<LabelledImages> train, Optional<LabelledImages> test) {}

    /**
     * Reads what is there, without holding anything out.
     *
     * @throws InputException if files are missing, damaged or inconsistent
     */
    public static Parts parts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + ": no such folder");
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.sorted().toList();
        }
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        Optional<LabelledImages> train = idx(folder, files, "train");
        Optional<LabelledImages> test = idx(folder, files, "t10k|test");
        if (train.isEmpty() && test.isEmpty()) {
            train = cifar(files, CIFAR_10_TRAIN, CifarFile.Kind.CIFAR_10);
            test = cifar(files, CIFAR_10_TEST, CifarFile.Kind.CIFAR_10);
        }
        if (train.isEmpty() && test.isEmpty()) {
            train = cifar(files, CIFAR_100_TRAIN, CifarFile.Kind.CIFAR_100);
            test = cifar(files, CIFAR_100_TEST, CifarFile.Kind.CIFAR_100);
        }
        if (train.isEmpty() && test.isEmpty()) {
            throw new InputException(
                    folder + ": expected the files of MNIST (train-images-idx3-ubyte[.gz], …), CIFAR-10"
                            + " (data_batch_1.bin, …) or CIFAR-100 (train.bin, …), found none of them" + hint(folder));
        }
        if (countsFromOne(train, test)) {
            train = train.map(LabelledImages::countedFromZero);
            test = test.map(LabelledImages::countedFromZero);
            name += " (labels counted from 1, here from 0)";
        }
        return new Parts(name, train, test);
    }

    /** Whether a folder has files that {@link #parts} reads, judging by their names. */
    public static boolean isDataSet(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(name -> name.matches(".*-(images|labels)[-.]idx[13]-ubyte(\\.gz)?")
                            || Stream.of(CIFAR_10_TRAIN, CIFAR_10_TEST, CIFAR_100_TRAIN, CIFAR_100_TEST)
                                    .anyMatch(pattern -> pattern.matcher(name).matches()));
        }
    }

    private static String hint(Path folder) {
        if (Files.exists(folder.resolve("data_batch_1")) || Files.exists(folder.resolve("meta"))) {
            return " (CIFAR files for Python: use the binary version)";
        }
        return "";
    }

    /** Whether neither part has an image of class 0, as in EMNIST letters. */
    private static boolean countsFromOne(Optional<LabelledImages> train, Optional<LabelledImages> test) {
        return Stream.concat(train.stream(), test.stream()).allMatch(LabelledImages::lacksClassZero);
    }

    private static Optional<LabelledImages> idx(Path folder, List<Path> files, String part) throws IOException {
        Optional<Path> images = only(folder, files, "(.*-)?(" + part + ")-images[-.]idx3-ubyte(\\.gz)?");
        Optional<Path> labels = only(folder, files, "(.*-)?(" + part + ")-labels[-.]idx1-ubyte(\\.gz)?");
        if (images.isEmpty() && labels.isEmpty()) {
            return Optional.empty();
        }
        if (images.isEmpty() || labels.isEmpty()) {
            String found = images.isPresent() ? "images" : "labels";
            throw new InputException(folder + ": expected images and labels, found only the " + found + " "
                    + images.or(() -> labels).orElseThrow().getFileName());
        }
        return Optional.of(IdxFile.read(images.get(), labels.get()));
    }

    /** Finds the only file of a kind; a packed and an unpacked copy, as torchvision leaves them, count as one. */
    private static Optional<Path> only(Path folder, List<Path> files, String pattern) throws IOException {
        List<Path> found = matching(files, Pattern.compile(pattern));
        for (Path other : found) {
            if (!IdxFile.haveSameContent(found.get(0), other)) {
                throw new InputException(folder + ": expected one file of a kind, found "
                        + found.get(0).getFileName() + " and " + other.getFileName()
                        + ", which differ (each data set needs its own folder)");
            }
        }
        return found.stream().findFirst();
    }

    private static Optional<LabelledImages> cifar(List<Path> files, Pattern pattern, CifarFile.Kind kind)
            throws IOException {
        List<LabelledImages> parts = new ArrayList<>();
        for (Path file : matching(files, pattern)) {
            parts.add(CifarFile.read(file, kind));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(LabelledImages.join(parts));
    }

    private static List<Path> matching(List<Path> files, Pattern pattern) {
        return files.stream()
                .filter(file ->
                        pattern.matcher(String.valueOf(file.getFileName())).matches())
                .toList();
    }

    private static ImageSplits checked(Path folder, String name, LabelledImages train, LabelledImages test)
            throws InputException {
        if (!train.shape().equals(test.shape())) {
            throw new InputException(folder + ": expected images of one size, found " + train.shape()
                    + " for training and " + test.shape() + " for testing");
        }
        int classes = train.classes();
        if (classes < 2) {
            throw new InputException(folder + ": expected at least 2 classes, found " + classes);
        }
        if (test.classes() > classes) {
            throw new InputException(folder + ": test labels: expected 0…" + (classes - 1) + " as in training, found "
                    + (test.classes() - 1));
        }
        boolean[] seen = new boolean[classes];
        for (int label : train.labels()) {
            seen[label] = true;
        }
        for (int k = 0; k < classes; k++) {
            if (!seen[k]) {
                throw new InputException(
                        folder + ": expected training images of classes 0…" + (classes - 1) + ", found none of " + k);
            }
        }
        return new ImageSplits(name, train, test);
    }
}
