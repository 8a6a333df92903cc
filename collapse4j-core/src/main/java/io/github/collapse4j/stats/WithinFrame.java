package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.FixedFactor;
import io.github.collapse4j.linalg.Matrix;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The reference of a second pass: the class means and, unless the full {@code d×d} scatter is wanted, the directions to
 * measure along. Thread-safe.
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

    /** Deviations from the means {@code d×K} along r orthonormal directions, the columns of {@code d×r}. */
    public static WithinFrame along(Matrix means, Matrix directions) {
        if (directions.rows() != means.rows()) {
            throw new IllegalArgumentException(
                    "directions: expected " + means.rows() + " rows, found " + directions.rows());
        }
        return new WithinFrame(means, directions);
    }

    /** Deviations from the means {@code d×K} in all d dimensions. */
    public static WithinFrame whole(Matrix means) {
        return new WithinFrame(means, null);
    }

    Matrix means() {
        return means;
    }

    /** r, or −1 for the full scatter. */
    int directions() {
        return directions == null ? -1 : directions.columns();
    }

    FixedFactor.@Nullable Workspace workspace(int columns) {
        return factor == null ? null : factor.workspace(columns);
    }

    /** Identifies the frame: states of different frames do not merge. */
    long fingerprint() {
        CRC32C checksum = new CRC32C();
        Fingerprint.update(checksum, means.data());
        if (directions != null) {
            Fingerprint.update(checksum, directions.data());
        }
        return checksum.getValue() << 32 | (directions() & 0xffff_ffffL);
    }
}
