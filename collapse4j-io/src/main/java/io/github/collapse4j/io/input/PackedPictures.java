package io.github.collapse4j.io.input;

import io.github.collapse4j.io.image.LabelledImages;
import java.util.Arrays;
import java.util.Optional;

/**
 * The pictures of one data set file, which are small and of one size.
 *
 * @param name the file or folder
 * @param images the pictures
 * @param isLabelled whether their labels are known
 */
record PackedPictures(String name, LabelledImages images, boolean isLabelled) implements Pictures {
    @Override
    public int count() {
        return images.count();
    }

    @Override
    public Picture read(int index) {
        int size = images.imageSize();
        byte[] pixels = Arrays.copyOfRange(images.pixels(), index * size, (index + 1) * size);
        return new Picture(images.channels(), images.height(), images.width(), pixels);
    }

    @Override
    public String name(int index) {
        return name + ": image " + index;
    }

    @Override
    public Optional<int[]> labels() {
        return isLabelled ? Optional.of(images.labels()) : Optional.empty();
    }

    @Override
    public boolean areOfOneSize() {
        return true;
    }

    @Override
    public String description() {
        return "images of " + name;
    }

    @Override
    public String identity() {
        return name + " " + count() + "×" + images.shape() + " "
                + Integer.toHexString(Arrays.hashCode(images.pixels())) + " "
                + Integer.toHexString(Arrays.hashCode(images.labels()));
    }
}
