package io.github.collapse4j.spark.app;

import io.github.collapse4j.cli.Main;
import io.github.collapse4j.cli.landscape.LandscapeCommand;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.spark.SparkChunks;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point for {@code spark-submit}. */
@Command(
        name = "collapse4j spark",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measurements, certificates and searches on the Spark cluster that this was submitted to.",
        footer = {
            "",
            "Examples:",
            "  spark-submit collapse4j-spark.jar measure hdfs:///features --label-column y --json hdfs:///nc.json",
            "  ./collapse4j spark measure sample/features.jsonl --format json",
            "  ./collapse4j spark certify sample/features.jsonl --format json --weights sample/layer/weights.npy"
                    + " --bias sample/layer/bias.npy",
            "  ./collapse4j spark landscape --loss ce --counts 30,12,5,3 --starts 1000",
            "",
            "Exit codes: 0 success, 1 bad input, 2 wrong usage, 70 a bug in this program."
        })
public final class SparkMain implements Callable<Integer> {
    /** The newest supported Java: Hadoop, on which Spark 4.0 depends, calls methods removed in later versions. */
    private static final int NEWEST_JAVA = 23;

    @Spec
    private CommandSpec spec;

    /** Runs the command line and leaves the JVM with its exit code. */
    public static void main(String[] args) {
        int java = Runtime.version().feature();
        if (java > NEWEST_JAVA) {
            System.err.println("collapse4j spark: Spark 4.0 runs on Java 17 and 21, this is Java " + java);
            System.exit(1);
        }
        int exitCode = Main.run(commandLine(), args);
        if (exitCode == 0) {
            // spark-submit on a cluster waits for the session to end, and treats an earlier exit as a failure
            SparkSession.getActiveSession().foreach(session -> {
                session.stop();
                return null;
            });
        } else {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine() {
        SparkChunks chunks = new SparkChunks(
                () -> JavaSparkContext.fromSparkContext(session().sparkContext()));
        CommandLine commands = new CommandLine(new SparkMain());
        HadoopFiles files = new HadoopFiles(() -> session().sparkContext().hadoopConfiguration());
        commands.addSubcommand(new SparkMeasureCommand(files));
        commands.addSubcommand(new SparkCertifyCommand(files));
        commands.addSubcommand(new GenerateCommand());
        commands.addSubcommand(new LandscapeCommand(chunks, files));
        return Main.configured(commands.getCommandSpec());
    }

    /** The session of spark-submit or of the launcher. */
    static SparkSession session() {
        return SparkSession.builder().appName("collapse4j").getOrCreate();
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command, expected one of: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
