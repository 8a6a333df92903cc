package io.github.collapse4j.io.samples;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ArrayFile.Role;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.file.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens samples by their command-line locations. */
public final class SampleFiles {
    private static final String STANDARD_INPUT = "-";

    private final InputStream standardInput;
    private final Consumer<String> notes;
    private final boolean spooling;

    /** Creates an opener that discards notes. */
    public SampleFiles(InputStream standardInput) {
        this(standardInput, note -> {});
    }

    /**
     * Creates an opener.
     *
     * @param standardInput the meaning of {@code -}; read only on request, and not closed
     * @param notes receives one-line notes on how files are read, such as that a column is left out
     */
    public SampleFiles(InputStream standardInput, Consumer<String> notes) {
        this(standardInput, notes, false);
    }

    private SampleFiles(InputStream standardInput, Consumer<String> notes, boolean spooling) {
        this.standardInput = standardInput;
        this.notes = notes;
        this.spooling = spooling;
    }

    /** An opener of rereadable samples: standard input is kept in a temporary file. */
    public static SampleFiles rereadable(InputStream standardInput, Consumer<String> notes) {
        return new SampleFiles(standardInput, notes, true);
    }

    /**
     * Opens samples: reads headers and checks shapes. No data are read, except the labels if K is not given.
     *
     * @throws IOException with a one-line message if a file is missing or defective, or files are inconsistent
     */
    public ShardedSamples open(SampleRequest request) throws IOException {
        return open(request, Optional.empty());
    }

    /**
     * Opens samples with the same features as others, such as a test set. Tables must have the same column names, and
     * are read in the column order of the others.
     *
     * @throws IOException with a one-line message if a file is missing or defective, or files are inconsistent
     */
    public SampleSource open(SampleRequest request, SampleSource others) throws IOException {
        ShardedSamples samples = open(request, schema(others));
        samples.checkDimension(others);
        return samples;
    }

    /** {@return whether a location, or one in a list, has the suffix of a table} */
    public static boolean areTables(String locations) {
        return Locations.split(locations).stream()
                .anyMatch(location -> Tables.format(location).isPresent());
    }

    private ShardedSamples open(SampleRequest request, Optional<TableSchema> schema) throws IOException {
        List<String> features = Locations.of(request.features());
        String labels = request.labels();
        boolean tables =
                features.stream().anyMatch(location -> Tables.format(location).isPresent());
        if (tables && labels != null) {
            throw new InputException(
                    labels + ": expected no label file, since " + features.get(0) + " has a label column, found one");
        }
        if (!tables && labels == null) {
            throw new InputException(request.features() + ": expected a label file as well, found none");
        }
        List<? extends SampleShard> shards = labels == null
                ? Tables.open(features, request.columns(), schema)
                : arrays(features, Locations.of(labels));
        return noted(ShardedSamples.of(shards, request.classes()));
    }

    private static Optional<TableSchema> schema(SampleSource samples) {
        return samples instanceof ShardedSamples sharded ? sharded.schema() : Optional.empty();
    }

    private ShardedSamples noted(ShardedSamples samples) {
        samples.notes().forEach(notes);
        return samples;
    }

    /**
     * Opens features whose labels are ignored, such as out-of-distribution ones: every sample is in class 0.
     *
     * @param features as in {@link SampleRequest#features}, but files only
     * @param others samples with the same features, as in {@link #open(SampleRequest, SampleSource)}
     * @throws IOException with a one-line message if a file is missing or defective
     */
    public SampleSource openUnlabelled(String features, TableColumns columns, SampleSource others) throws IOException {
        ShardedSamples samples = unlabelled(Locations.of(features), columns.withoutLabels(), schema(others));
        samples.checkDimension(others);
        return noted(samples);
    }

    /**
     * Opens features whose labels do not matter: every sample is in class 0.
     *
     * @param features as in {@link SampleRequest#features}
     * @throws IOException with a one-line message if a file is missing or defective
     */
    public ShardedSamples openUnlabelled(String features, TableColumns columns) throws IOException {
        return noted(unlabelled(Locations.of(features), columns.withoutLabels(), Optional.empty()));
    }

    private ShardedSamples unlabelled(List<String> locations, TableColumns columns, Optional<TableSchema> schema)
            throws IOException {
        if (locations.equals(List.of(STANDARD_INPUT))) {
            return ShardedSamples.unlabelled(List.of(stream(null)));
        }
        if (Tables.format(locations.get(0)).isPresent()) {
            return ShardedSamples.unlabelled(Tables.open(locations, columns, schema));
        }
        List<SampleShard> shards = new ArrayList<>();
        for (String location : locations) {
            NumericMatrix matrix = ArrayFile.open(location, Role.FEATURES).matrix();
            shards.add(new ArrayShard(matrix, ShardLabels.none(matrix.rows())));
        }
        return ShardedSamples.unlabelled(shards);
    }

    private List<SampleShard> arrays(List<String> features, List<String> labels) throws IOException {
        if (features.contains(STANDARD_INPUT)) {
            return List.of(stream(features, labels));
        }
        List<NumericMatrix> matrices = new ArrayList<>();
        for (String location : features) {
            matrices.add(ArrayFile.open(location, Role.FEATURES).matrix());
        }
        if (labels.size() == 1 && matrices.size() > 1) {
            return withLabelsForAll(matrices, LabelArray.of(ArrayFile.open(labels.get(0), Role.LABELS)));
        }
        if (labels.size() != matrices.size()) {
            throw new InputException(labels.get(0) + ": expected one label file, or one for each of the "
                    + matrices.size() + " feature files, found " + labels.size());
        }
        List<SampleShard> shards = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            LabelArray array = LabelArray.of(ArrayFile.open(labels.get(i), Role.LABELS));
            array.checkLength(matrices.get(i));
            shards.add(new ArrayShard(matrices.get(i), new ShardLabels(array, 0, array.length())));
        }
        return shards;
    }

    private static List<SampleShard> withLabelsForAll(List<NumericMatrix> matrices, LabelArray labels)
            throws IOException {
        long rows = 0;
        for (NumericMatrix matrix : matrices) {
            FeatureCheck.dimension(matrix.array().name(), matrix.columns()); // keeps the sum below from overflowing
            rows += matrix.rows();
        }
        if (labels.length() != rows) {
            throw new InputException(labels.name() + ": expected a label for each of the " + rows + " rows of "
                    + matrices.size() + " feature files, found " + labels.length());
        }
        List<SampleShard> shards = new ArrayList<>();
        long first = 0;
        for (NumericMatrix matrix : matrices) {
            shards.add(new ArrayShard(matrix, new ShardLabels(labels, first, matrix.rows())));
            first += matrix.rows();
        }
        return shards;
    }

    private SampleShard stream(List<String> features, List<String> labels) throws IOException {
        if (features.size() != 1 || labels.size() != 1 || labels.contains(STANDARD_INPUT)) {
            throw new InputException("-: expected only features on standard input, and one label file; found "
                    + features.size() + " and " + labels.size());
        }
        return stream(LabelArray.of(ArrayFile.open(labels.get(0), Role.LABELS)));
    }

    private SampleShard stream(@Nullable LabelArray labels) throws IOException {
        return new NpyStreamShard(standardInput, "standard input", labels, spooling ? Spool.create() : null);
    }
}
