package io.github.collapse4j.io.array;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recognises common files that are not arrays by their first bytes and, where those are shared or missing, by their
 * names, and says how to get an array out of each.
 */
public final class FileSignature {
    /** Number of leading bytes needed. */
    public static final int BYTES = 8;

    private static final String SAVE = "np.save('features.npy', …)";
    private static final String TORCH = "a PyTorch file, which is read if its name ends in .pt, .pth or .pth.tar";
    private static final String PICKLE = "a Python pickle: load it and save each array with " + SAVE;

    private record Kind(byte[] magic, List<String> suffixes, String description) {
        private static Kind of(String magic, String description, String... suffixes) {
            return new Kind(magic.getBytes(StandardCharsets.ISO_8859_1), List.of(suffixes), description);
        }

        private boolean fits(byte[] start, String name) {
            return start.length >= magic.length
                    && Arrays.equals(magic, Arrays.copyOf(start, magic.length))
                    && (suffixes.isEmpty() || suffixes.stream().anyMatch(name::endsWith));
        }
    }

    /** The first match counts. */
    private static final List<Kind> KINDS = List.of(
            Kind.of("PK\u0003\u0004", TORCH, ".tar"),
            Kind.of(
                    "PK",
                    "a ZIP archive, perhaps an .npz file, or a PyTorch file, which is read if its name ends in .pt"),
            Kind.of("\u0080\u0002\u008a\nl\u00fc\u009cF", TORCH),
            Kind.of("\u0080", PICKLE),
            Kind.of("\u0089HDF", "an HDF5 file, which is read if its name ends in .h5 or .hdf5"),
            Kind.of("PAR1", "perhaps a Parquet file, which is read as a table if its name ends in .parquet"),
            Kind.of("ARROW1", "an Arrow or Feather file: write Parquet, pd.read_feather(…).to_parquet('t.parquet')"),
            Kind.of("ORC", "an ORC file: write Parquet"),
            Kind.of("Obj\u0001", "an Avro file: write Parquet"),
            Kind.of("MATLAB", "a MATLAB file: save each array with np.save('features.npy', scipy.io.loadmat(…)['h'])"),
            Kind.of("\u001f\u008b", "gzip: unpack it first, gunzip"),
            Kind.of("BZh91AY&", "bzip2: unpack it first, bunzip2"),
            Kind.of("(\u00b5/\u00fd", "Zstandard: unpack it first, unzstd"),
            Kind.of("\u00fd7zXZ", "xz: unpack it first, unxz"),
            Kind.of("\u0000\u0000\u0008", "an IDX file of images or labels: train --data reads folders of them"),
            Kind.of("version ", "perhaps a Git LFS pointer in place of the file"),
            Kind.of("\u0093NUMPY", "a NumPy array, whose name should end in .npy"),
            Kind.of("", PICKLE, ".pkl", ".pickle", ".joblib"));

    private FileSignature() {}

    /**
     * Names what a file is.
     *
     * @param start its first bytes, {@link #BYTES} if it has that many
     * @param name its name, for the suffix
     * @return a description for messages, empty if the kind is unknown
     */
    static Optional<String> describe(byte[] start, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return KINDS.stream()
                .filter(kind -> kind.fits(start, lower))
                .map(Kind::description)
                .findFirst();
    }

    /** Like {@link #describe}, for a file expected to be text: ignores signatures that may be a column name. */
    public static Optional<String> describeInsteadOfText(byte[] start, String name) {
        return isText(start) && KINDS.stream().noneMatch(kind -> kind.magic.length == BYTES && kind.fits(start, name))
                ? Optional.empty()
                : describe(start, name);
    }

    /** {@return the first bytes in hexadecimal, with the kind of file if it is known} */
    public static String found(byte[] start, String name) {
        if (start.length == 0) {
            return "nothing";
        }
        String hex = HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(start.length, 6));
        return describe(start, name)
                .or(() -> isText(start) ? Optional.of("text: tables end in .csv or .tsv") : Optional.empty())
                .map(kind -> hex + " (" + kind + ")")
                .orElse(hex);
    }

    private static boolean isText(byte[] start) {
        for (byte b : start) {
            if ((b & 0xFF) < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
