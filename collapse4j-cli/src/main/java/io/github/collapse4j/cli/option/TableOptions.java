package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.io.samples.TableColumns;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The roles of a table's columns. */
@OptionGroup("Tables")
public final class TableOptions {
    @Option(
            names = "--feature-column",
            paramLabel = "NAME",
            description = "Column of lists in a table (default: features); without one, all columns except the labels"
                    + " are features.")
    private @Nullable String featureColumn;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "Column of labels in a table (default: label, or a name like it; without a header, its number"
                    + " from 1, by default the last).")
    private @Nullable String labelColumn;

    @Option(
            names = "--index-column",
            split = ",",
            paramLabel = "NAME|none",
            description =
                    "Columns that number or name the rows and are not features (default: those without a name, and"
                            + " those named index, id and the like).")
    private @Nullable List<String> indexColumns;

    @Option(
            names = "--header",
            paramLabel = "auto|yes|no",
            defaultValue = "auto",
            description = "Whether the first row of a CSV file names its columns (default: detected).")
    private TableColumns.Header header = TableColumns.Header.AUTO;

    /** @throws ParameterException if columns are specified without a table */
    public void requireNone(CommandSpec spec) {
        String option = featureColumn != null
                ? "--feature-column"
                : labelColumn != null ? "--label-column" : indexColumns != null ? "--index-column" : null;
        if (option != null || header != TableColumns.Header.AUTO) {
            throw new ParameterException(
                    spec.commandLine(),
                    (option == null ? "--header" : option)
                            + ": expected a table, found arrays, which have no named columns");
        }
    }

    /** The columns, as far as specified. */
    public TableColumns columns() {
        return new TableColumns(
                Optional.ofNullable(featureColumn),
                Optional.ofNullable(labelColumn),
                TableColumns.Labels.READ,
                header,
                Optional.ofNullable(indexColumns).map(names -> names.equals(List.of("none")) ? List.of() : names));
    }
}
