package io.github.collapse4j.io.input;

import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** Pictures, resized, cut and normalised for a model. */
final class PictureInputs implements ModelInputs {
    private static final int LEVELS = 256;

    private final Pictures pictures;
    private final ModelInput input;
    private final PixelLayout layout;
    private final OptionalInt resize;
    private final Normalisation normalisation;
    /** The value of each of the 256 levels, by channel. */
    private final double[][] values;

    private PictureInputs(
            Pictures pictures,
            ModelInput input,
            PixelLayout layout,
            OptionalInt resize,
            Normalisation normalisation,
            double[][] values) {
        this.pictures = pictures;
        this.input = input;
        this.layout = layout;
        this.resize = resize;
        this.normalisation = normalisation;
        this.values = values;
    }

    /**
     * Prepares pictures for a model.
     *
     * @throws InputException if they do not fit it
     */
    static PictureInputs of(Pictures pictures, ModelInput input, InputRequest request) throws IOException {
        PixelLayout layout = PixelLayout.of(input, pictures.read(0), pictures.areOfOneSize(), request.crop());
        Normalisation normalisation = request.normalisation();
        if (!normalisation.fits(layout.channels())) {
            throw new InputException("--mean, --std: expected a number, or one for each of " + layout.channels()
                    + " channels of " + input.text() + ", found " + normalisation.text());
        }
        if (normalisation.scale() > 1) {
            throw new InputException("--scale: expected a factor for pixels from 0 to 255, such as 1/255, found "
                    + normalisation.scale());
        }
        double[][] values = values(normalisation, layout.channels());
        for (double[] channel : values) {
            for (double value : channel) {
                if (!input.type().holds(value)) {
                    throw new InputException(input.text() + ": expected no normalisation of pixels, for a model that"
                            + " takes whole numbers, found " + normalisation.text());
                }
            }
        }
        return new PictureInputs(pictures, input, layout, request.resize(), normalisation, values);
    }

    private static double[][] values(Normalisation normalisation, int channels) {
        double[][] values = new double[channels][LEVELS];
        for (int c = 0; c < channels; c++) {
            for (int level = 0; level < LEVELS; level++) {
                values[c][level] = normalisation.apply(level, c);
            }
        }
        return values;
    }

    @Override
    public long count() {
        return pictures.count();
    }

    @Override
    public int[] sample() {
        return layout.sample();
    }

    @Override
    public void write(long index, ByteBuffer target) throws IOException {
        int i = Math.toIntExact(index);
        byte[] pixels = layout.fit(pictures.read(i), resize, pictures.name(i)).pixels();
        int channels = layout.channels();
        int area = layout.height() * layout.width();
        ElementType type = input.type();
        if (layout.isChannelsLast()) {
            for (int pixel = 0; pixel < area; pixel++) {
                for (int c = 0; c < channels; c++) {
                    type.put(values[c][pixels[c * area + pixel] & 0xFF], target);
                }
            }
        } else {
            for (int c = 0; c < channels; c++) {
                for (int pixel = 0; pixel < area; pixel++) {
                    type.put(values[c][pixels[c * area + pixel] & 0xFF], target);
                }
            }
        }
    }

    @Override
    public String name(long index) {
        return pictures.name((int) index);
    }

    @Override
    public Optional<int[]> labels() {
        return pictures.labels();
    }

    @Override
    public Normalisation normalisation() {
        return normalisation;
    }

    @Override
    public Optional<ModelInputs> normalised(Normalisation other) {
        return input.type().isIntegral() || !other.fits(layout.channels())
                ? Optional.empty()
                : Optional.of(
                        new PictureInputs(pictures, input, layout, resize, other, values(other, layout.channels())));
    }

    @Override
    public String description() {
        return pictures.description();
    }

    @Override
    public String identity() {
        return pictures.identity() + " " + ModelInput.text(layout.sample()) + " "
                + (resize.isPresent() ? "resized to " + resize.getAsInt() + " " : "") + normalisation.text();
    }

    @Override
    public void close() {
        // pictures are opened one by one
    }
}
