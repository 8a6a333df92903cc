package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.FixedFactor;
import io.github.collapse4j.linalg.Matrix;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a second pass measures deviations against: the class means and, unless the whole scatter {@code d×d} is wanted,
 * directions to look along. Threads share it.
 */
public final class WithinFrame {
    private final Matrix means;
    private final @Nullable Matrix directions;
    private final @Nullable FixedFactor factor;

    private WithinFrame(Matrix means, @Nullable Matrix directions) {
        this.means = means;
        this.directions = directions;
        this.factor = directions == null ? null : new FixedFactor(directions.transpose());
    }

    /** Deviations from means {@code d×K} along r orthonormal directions, the columns of {@code d×r}. */
    public static WithinFrame along(Matrix means, Matrix directions) {
        if (directions.rows() != means.rows()) {
            throw new IllegalArgumentException(
                    "directions: expected " + means.rows() + " rows, found " + directions.rows());
        }
        return new WithinFrame(means, directions);
    }

    /** Deviations from means {@code d×K} in all d dimensions. */
    public static WithinFrame whole(Matrix means) {
        return new WithinFrame(means, null);
    }

    Matrix means() {
        return means;
    }

    /** r, or −1 if the whole scatter is wanted. */
    int directions() {
        return directions == null ? -1 : directions.columns();
    }

    FixedFactor.@Nullable Workspace workspace(int columns) {
        return factor == null ? null : factor.workspace(columns);
    }

    /** Tells frames apart: states of different frames do not merge. */
    long fingerprint() {
        CRC32C checksum = new CRC32C();
        Fingerprint.update(checksum, means.data());
        if (directions != null) {
            Fingerprint.update(checksum, directions.data());
        }
        return checksum.getValue() << 32 | (directions() & 0xffff_ffffL);
    }
}
