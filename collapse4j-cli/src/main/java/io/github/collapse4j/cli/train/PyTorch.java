package io.github.collapse4j.cli.train;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine that trains networks. */
final class PyTorch {
    private static final String LIBRARY = "/native/lib/pytorch.properties";

    private PyTorch() {}

    /**
     * Starts it. It downloads nothing and reports to nobody: everything it needs is bundled. Small networks are trained
     * on one thread: a second one gains little on an idle machine, and on a busy one each step waits for both.
     *
     * @param small whether the networks are small
     * @throws IOException with a one-line message, if there is no engine for this platform
     */
    static void start(boolean small) throws IOException {
        requireTemporaryFolder();
        setUnlessGiven("ai.djl.offline", "true");
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        setUnlessGiven("org.slf4j.simpleLogger.log.ai.djl", "error");
        if (small) {
            setUnlessGiven("ai.djl.pytorch.num_threads", "1");
        }
        setUnlessGiven("ai.djl.pytorch.num_interop_threads", "1");
        try {
            Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError e) {
            String reason = e.getMessage() == null
                    ? e.toString()
                    : e.getMessage().lines().findFirst().orElse("");
            throw new InputException("PyTorch could not be started on " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + ": " + cause(reason));
        }
    }

    /** The known cause, rather than its consequence. */
    private static String cause(String reason) {
        if (PyTorch.class.getResource(LIBRARY) == null) {
            return "expected its library in lib/pytorch-native-cpu.jar next to collapse4j.jar (the build puts it there), found"
                    + " none";
        }
        Path cache = Utils.getCacheDir();
        Path existing = cache;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isWritable(existing)) {
            return "it unpacks its library to " + cache
                    + ", which is not writable; set DJL_CACHE_DIR=… to use another folder";
        }
        return reason;
    }

    /**
     * A library that it uses to look for graphics cards unpacks itself there, and prints a long complaint if it cannot.
     */
    private static void requireTemporaryFolder() throws InputException {
        String folder = System.getProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
        if (!Files.isWritable(FileName.path(folder))) {
            throw new InputException("PyTorch needs a writable temporary folder, found " + folder
                    + "; set JAVA_OPTS=-Djava.io.tmpdir=… to use another");
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
