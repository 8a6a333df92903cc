package io.github.collapse4j.io.input;

import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A folder of pictures. Each subfolder is a class, in the alphabetical order of their names as in torchvision's
 * ImageFolder; a folder without subfolders has pictures without labels, in the order of their names.
 */
final class PictureFolder implements Pictures {
    private final Path folder;
    private final List<String> files;
    private final Optional<int[]> labels;
    private final List<String> classes;
    private final String identity;

    private PictureFolder(
            Path folder, List<String> files, Optional<int[]> labels, List<String> classes, String identity) {
        this.folder = folder;
        this.files = files;
        this.labels = labels;
        this.classes = classes;
        this.identity = identity;
    }

    /**
     * Lists the pictures of a folder; other files are passed over.
     *
     * @throws InputException if there are none, or a subfolder has none
     */
    static PictureFolder open(Path folder) throws IOException {
        List<Path> subfolders;
        try (Stream<Path> entries = Files.list(folder)) {
            subfolders = entries.filter(Files::isDirectory)
                    .filter(path -> !isHidden(path))
                    .sorted()
                    .toList();
        }
        List<String> files = new ArrayList<>();
        List<Integer> classOf = new ArrayList<>();
        CRC32C digest = new CRC32C();
        if (subfolders.isEmpty()) {
            add(folder, folder, 1, files, digest);
        }
        for (int k = 0; k < subfolders.size(); k++) {
            int before = files.size();
            add(folder, subfolders.get(k), Integer.MAX_VALUE, files, digest);
            if (files.size() == before) {
                throw new InputException(subfolders.get(k) + ": expected pictures of one class, found none");
            }
            for (int i = before; i < files.size(); i++) {
                classOf.add(k);
            }
        }
        if (files.isEmpty()) {
            throw new InputException(folder
                    + ": expected pictures (PNG, JPEG, …) in one subfolder for each class, or the files of MNIST or"
                    + " CIFAR, found neither");
        }
        return new PictureFolder(
                folder,
                files,
                subfolders.isEmpty()
                        ? Optional.empty()
                        : Optional.of(classOf.stream().mapToInt(k -> k).toArray()),
                subfolders.stream().map(path -> path.getFileName().toString()).toList(),
                folder.toAbsolutePath().normalize() + " " + files.size() + " files "
                        + Long.toHexString(digest.getValue()));
    }

    private static void add(Path root, Path folder, int depth, List<String> files, CRC32C digest) throws IOException {
        try (Stream<Path> entries = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> pictures = entries.filter(path -> !isHidden(path)
                            && PictureFile.isPicture(path.getFileName().toString()))
                    .sorted()
                    .toList();
            for (Path picture : pictures) {
                BasicFileAttributes attributes = Files.readAttributes(picture, BasicFileAttributes.class);
                if (attributes.isDirectory()) {
                    continue;
                }
                String name = root.relativize(picture).toString();
                files.add(name);
                digest.update((name + " " + attributes.size() + " " + attributes.lastModifiedTime())
                        .getBytes(StandardCharsets.UTF_8));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public int count() {
        return files.size();
    }

    @Override
    public Picture read(int index) throws IOException {
        return PictureFile.read(folder.resolve(files.get(index)));
    }

    @Override
    public String name(int index) {
        return folder.resolve(files.get(index)).toString();
    }

    @Override
    public Optional<int[]> labels() {
        return labels;
    }

    @Override
    public boolean areOfOneSize() {
        return false;
    }

    @Override
    public String description() {
        return labels.isEmpty()
                ? "pictures of " + folder
                : "pictures of " + folder + " in " + classes.size() + " classes: "
                        + (classes.size() <= 4
                                ? String.join(", ", classes)
                                : classes.get(0) + ", " + classes.get(1) + ", …, " + classes.get(classes.size() - 1));
    }

    @Override
    public String identity() {
        return identity;
    }
}
