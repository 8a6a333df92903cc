package io.github.collapse4j.cli.prove;

import io.github.collapse4j.cli.text.TheoremText;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.proof.ProofFile;
import io.github.collapse4j.proof.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: checks proof files. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks proof files: reads the model, points and hints, recomputes everything in interval arithmetic, and"
                    + " prints the theorem with its numbers.",
            "Exit code 0 only if every file is proved."
        },
        footer = {"", "Examples:", "  collapse4j verify minimum.json", "  collapse4j verify proofs/*.json"})
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Proof files (docs/proof-format.md).")
    private List<Path> files = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int failed = 0;
        for (Path file : files) {
            if (!isProved(file, out)) {
                failed++;
            }
        }
        if (files.size() > 1) {
            out.println("Proved: " + (files.size() - failed) + " of " + files.size());
        }
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private boolean isProved(Path file, PrintWriter out) throws IOException {
        Verification verification;
        try {
            verification = ProofFile.read(file).verify();
        } catch (InputException e) {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + e.getMessage());
            return false;
        } catch (NoSuchFileException e) {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + file + ": no such file or folder");
            return false;
        }
        if (verification instanceof Verification.Proved proved) {
            out.print(TheoremText.of(file.toString(), proved.theorem()));
            return true;
        }
        if (verification instanceof Verification.NotProved failure) {
            spec.commandLine()
                    .getErr()
                    .println(spec.qualifiedName() + ": " + file + ": not proved: " + failure.reason());
        }
        return false;
    }
}
