package io.github.collapse4j.spark.app;

import io.github.collapse4j.cli.certify.CertifyOptions;
import io.github.collapse4j.cli.option.TableOptions;
import io.github.collapse4j.io.LastLayerFiles;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.spark.DatasetPasses;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code certify} for features in a table read by Spark. */
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Is this last layer at the global optimum of its loss and weight decay? Sums are computed where the table"
                    + " is.",
            "",
            "Features are one column of arrays or of ML vectors, or one column each; labels are whole numbers of any"
                    + " type. Paths can be any that Spark reads. Weights, bias and output files are in such a file"
                    + " system if their path has a scheme, such as hdfs://, and otherwise files on the driver."
        },
        footer = {
            "",
            "Examples:",
            "  spark-submit collapse4j-spark.jar certify s3a://lake/features --weights s3a://lake/W.npy --json -",
            "  ./collapse4j spark certify features.parquet --label-column y --weights W.npy --bias b.npy"
        })
final class SparkCertifyCommand implements Callable<Integer> {
    @Mixin
    private TableInput table = new TableInput();

    @Option(
            names = "--weights",
            paramLabel = "W",
            required = true,
            description = "Weights of the last layer, K×d, or a model whose last linear layer they are: .pt, .pth,"
                    + " .safetensors, .onnx, .keras or .h5, with :NAME if there are several.")
    private String weights = "";

    @Option(names = "--bias", paramLabel = "b", description = "Bias of the last layer, K entries (default: none).")
    private @Nullable String bias;

    @Mixin
    private CertifyOptions options;

    @Mixin
    private TableOptions columns = new TableOptions();

    @Spec
    private CommandSpec spec;

    private final HadoopFiles files;

    SparkCertifyCommand(HadoopFiles files) {
        this.files = files;
        this.options = new CertifyOptions(files);
    }

    @Override
    public Integer call() throws Exception {
        if (options.features().isUnit()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--features=unit: expected on one machine, where collapse4j certify reads the same Parquet and CSV"
                            + " files, found on a cluster");
        }
        options.checkWritable();
        return table.run(() -> {
            try (FetchedFiles fetched = new FetchedFiles(files)) {
                return certify(LastLayerFiles.open(weights, bias, fetched));
            }
        });
    }

    private int certify(LastLayerFiles parameters) throws IOException {
        SparkTable opened = table.opener(Optional.empty()).open(table.tables(), columns.columns());
        opened.notes().forEach(note -> spec.commandLine().getErr().println("certify: " + note));
        DatasetPasses samples = opened.samples(OptionalInt.of(parameters.classes()));
        LastLayer layer = parameters.layer(samples, table.name());
        CertifyOptions.Certified certified = options.certify(layer, table.name(), SolveListener.SILENT);
        int exitCode =
                options.write("", table.name(), certified, spec.commandLine().getOut());
        PassTrafficReport.print(samples.traffic(), spec.commandLine().getErr());
        return exitCode;
    }
}
