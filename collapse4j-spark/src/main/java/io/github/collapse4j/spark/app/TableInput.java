package io.github.collapse4j.spark.app;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.spark.SampleException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table that a command reads, and how its failures are reported. */
final class TableInput {
    @Parameters(arity = "1..*", paramLabel = "TABLE", description = "Files or folders of one table.")
    private List<String> tables = List.of();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = "parquet",
            description = "Spark's name of the format, such as parquet, orc, avro or json (default: ${DEFAULT-VALUE}).")
    private String format = "";

    List<String> tables() {
        return tables;
    }

    /** The name of the table in messages. */
    String name() {
        return String.join(", ", tables);
    }

    /** Opens this and other tables of the same format. */
    SparkTables opener(Optional<String> weightColumn) {
        return new SparkTables(SparkMain.session(), format, weightColumn);
    }

    /**
     * Runs work on the table.
     *
     * @throws InputException with one line that names the table, if a sample is invalid or a job fails
     */
    int run(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (SampleException e) {
            throw new InputException(name() + ": " + e.getMessage());
        } catch (Exception e) {
            if (SparkFailure.is(e)) { // a failed job, for example on a damaged file
                throw SparkFailure.line(name(), e);
            }
            throw e;
        }
    }
}
