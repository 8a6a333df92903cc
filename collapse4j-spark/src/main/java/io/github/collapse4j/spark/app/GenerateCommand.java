package io.github.collapse4j.spark.app;

import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code generate}: synthetic samples for testing a cluster; features are hashes of row and column. */
@Command(
        name = "generate",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Writes synthetic samples for testing a cluster: class means plus noise, as Parquet.")
final class GenerateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FOLDER", description = "Output folder; replaced if it exists.")
    private String folder = "";

    @Option(names = "--samples", defaultValue = "100000", description = "N (default: ${DEFAULT-VALUE}).")
    private long samples;

    @Option(names = "--dim", defaultValue = "64", description = "d (default: ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--classes", defaultValue = "10", description = "K (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--partitions", defaultValue = "8", description = "Files (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Override
    public Integer call() {
        String uniform = "(xxhash64(%s, i) %% 1000003) / 1000003D";
        String mean = uniform.formatted("id % " + classes);
        String noise = uniform.formatted("id, 'noise'");
        Dataset<Row> rows = SparkMain.session()
                .range(0, samples, 1, partitions)
                .selectExpr(
                        "transform(sequence(0, " + (dimension - 1) + "), i -> float(1 + " + mean + " + 0.3 * " + noise
                                + ")) as features",
                        "int(id % " + classes + ") as label");
        rows.write().mode(SaveMode.Overwrite).parquet(folder);
        return 0;
    }
}
