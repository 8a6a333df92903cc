package io.github.collapse4j.spark.app;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.ColumnRoles;
import io.github.collapse4j.io.samples.IndexColumn;
import io.github.collapse4j.io.samples.PandasMetadata;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.TypedColumn;
import io.github.collapse4j.io.samples.TypedTable;
import io.github.collapse4j.spark.FeatureColumns;
import io.github.collapse4j.spark.SampleColumns;
import io.github.collapse4j.spark.SparkTypes;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Opens tables by the rules of {@link TypedTable}, which also apply to Parquet files on one machine. */
final class SparkTables {
    /** Suffixes of files without types or columns. */
    private static final List<String> NO_TABLES =
            List.of(".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".npy", ".npz", ".safetensors");

    private static final Set<String> WITH_SCHEMAS_TO_MERGE = Set.of("parquet", "orc");

    private final SparkSession spark;
    private final String format;
    private final Optional<String> weight;

    /**
     * Creates an opener.
     *
     * @param format Spark's name of the file format
     * @param weight name of the weight column, if any
     */
    SparkTables(SparkSession spark, String format, Optional<String> weight) {
        this.spark = spark;
        this.format = format.toLowerCase(Locale.ROOT);
        this.weight = weight;
    }

    /**
     * Opens the files of a table, and finds its columns in the first file.
     *
     * @throws InputException if it cannot be read or lacks the columns
     */
    SparkTable open(List<String> paths, TableColumns wanted) throws IOException {
        String name = String.join(", ", paths);
        checkFormat(paths);
        Dataset<Row> first = load(paths.subList(0, 1), /* merged= */ false);
        List<TypedColumn> columns = SparkTypes.columns(first.schema()).stream()
                .filter(column -> !weight.equals(Optional.of(column.name())))
                .toList();
        ColumnRoles roles =
                new TypedTable(name, columns, pandasIndex(first)).roles(wanted, column -> firstRows(first, column));
        List<String> names = roles.features().stream().map(TypedColumn::name).toList();
        boolean labelled = wanted.labels() == TableColumns.Labels.READ;
        SampleColumns sampleColumns = new SampleColumns(
                roles.isList() ? new FeatureColumns.Arrays(names.get(0)) : new FeatureColumns.Numbers(names),
                labelled ? roles.label().map(TypedColumn::name) : Optional.empty(),
                labelled ? weight : Optional.empty());
        return new SparkTable(name, all(paths, first, roles), sampleColumns, roles.notes());
    }

    /** Refuses other files with additional columns, which Spark would drop silently. */
    private Dataset<Row> all(List<String> paths, Dataset<Row> first, ColumnRoles roles) throws InputException {
        if (paths.size() == 1 && (roles.isList() || first.inputFiles().length < 2)) {
            return first;
        }
        Dataset<Row> all = load(paths, !roles.isList());
        List<String> known = List.of(first.columns());
        List<String> more = Arrays.stream(all.columns())
                .filter(column -> !known.contains(column))
                .toList();
        if (!roles.isList() && !more.isEmpty()) {
            throw new InputException(String.join(", ", paths) + ": expected the same columns in every file, found "
                    + more + " in some of them only");
        }
        return all;
    }

    private void checkFormat(List<String> paths) throws InputException {
        for (String path : paths) {
            String lower = path.toLowerCase(Locale.ROOT);
            if (NO_TABLES.stream().anyMatch(lower::endsWith)) {
                throw refusedFormat(path, path.substring(path.lastIndexOf('/') + 1));
            }
        }
        if (format.equals("csv") || format.equals("text")) {
            throw refusedFormat(String.join(", ", paths), "--format " + format);
        }
    }

    private static InputException refusedFormat(String name, String found) {
        return new InputException(
                name + ": expected a table whose columns have types (Parquet, ORC, Avro, JSON), found " + found
                        + "; collapse4j measure reads it on one machine");
    }

    private Dataset<Row> load(List<String> paths, boolean merged) throws InputException {
        try {
            return spark.read()
                    .format(format)
                    .option("mergeSchema", merged && WITH_SCHEMAS_TO_MERGE.contains(format))
                    .load(paths.toArray(String[]::new));
        } catch (RuntimeException e) {
            throw SparkFailure.line(String.join(", ", paths), e);
        } catch (Exception e) { // Scala does not declare its checked exceptions
            throw SparkFailure.line(String.join(", ", paths), new IllegalStateException(e));
        }
    }

    private static long[] firstRows(Dataset<Row> data, String column) {
        return data
                .select(functions.col("`" + column.replace("`", "``") + "`").cast("long"))
                .limit(IndexColumn.ROWS)
                .collectAsList()
                .stream()
                .mapToLong(row -> row.isNullAt(0) ? Long.MIN_VALUE : row.getLong(0))
                .toArray();
    }

    /** The index columns that pandas recorded in the first file. */
    private Set<String> pandasIndex(Dataset<Row> data) throws IOException {
        String[] files = format.equals("parquet") ? data.inputFiles() : new String[0];
        if (files.length == 0) {
            return Set.of();
        }
        Path file = new Path(URI.create(files[0]));
        try (ParquetFileReader reader = ParquetFileReader.open(
                HadoopInputFile.fromPath(file, spark.sparkContext().hadoopConfiguration()))) {
            return PandasMetadata.indexColumns(
                    reader.getFileMetaData().getKeyValueMetaData().get(PandasMetadata.KEY));
        }
    }
}
