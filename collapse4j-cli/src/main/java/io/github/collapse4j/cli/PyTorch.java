package io.github.collapse4j.cli;

import ai.djl.engine.Engine;
import io.github.collapse4j.io.InputException;
import java.io.IOException;

/** The engine that networks are trained with. */
final class PyTorch {
    private PyTorch() {}

    /**
     * Gets it ready. It is told to fetch nothing and to call nobody: what it needs comes with this program. Small networks
     * are trained on one thread: two gain little on an idle machine, and on a busy one each step waits for both.
     *
     * @param small whether the networks are small
     * @throws IOException in one line, if there is none for this platform
     */
    static void start(boolean small) throws IOException {
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
                    + System.getProperty("os.arch") + ": " + reason);
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
