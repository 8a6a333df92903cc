package io.github.collapse4j.cli.start;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code spark}, which the launcher starts with a class path of its own: here for the help and for shells. */
@Command(
        name = "spark",
        mixinStandardHelpOptions = true,
        description = {
            "Measures, certifies and hunts on a Spark cluster, or on this machine with Spark.",
            "The launcher starts it: collapse4j spark --help lists its commands, measure, certify and landscape."
        })
public final class SparkCommand implements Callable<Integer> {
    @Unmatched
    private List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "expected the launcher, which finds Spark, found its jar alone; start ./collapse4j spark "
                        + String.join(" ", words));
    }
}
