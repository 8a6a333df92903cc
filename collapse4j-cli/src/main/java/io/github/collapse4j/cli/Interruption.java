package io.github.collapse4j.cli;

import io.github.collapse4j.cli.text.ProgressLine;
import io.github.collapse4j.io.file.TemporaryFiles;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Handles Ctrl-C, SIGTERM and the closing of the terminal: deletes incomplete files, erases the progress bar, restores
 * the signal's default effect and sends the signal again. The JVM's own shutdown would wait for its compiler, for
 * threads in native code and for exit handlers of native libraries; a signal does not wait.
 */
final class Interruption {
    private static final long PATIENCE_MILLIS = 1000;

    private static volatile boolean isEnding;

    private Interruption() {}

    /**
     * Does not return once termination has been requested. Threads then fail because their files are gone; those
     * failures must not be reported, and the exit code must be the signal's.
     */
    static void waitIfEnding() {
        while (isEnding) {
            try {
                Thread.sleep(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                // it ends anyway
            }
        }
    }

    /** Installs the signal handlers; without signals, or a class for them, the JVM keeps its usual behaviour. */
    static void prepare() {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object usual = handlerType.getField("SIG_DFL").get(null);
            Method handle = type.getMethod("handle", type, handlerType);
            Constructor<?> signalOf = type.getConstructor(String.class);
            for (String name : List.of("INT", "TERM", "HUP")) {
                Object signal = signalOf.newInstance(name);
                int number = (int) type.getMethod("getNumber").invoke(signal);
                Object handler = Proxy.newProxyInstance(
                        Interruption.class.getClassLoader(),
                        new Class<?>[] {handlerType},
                        (proxy, method, arguments) -> {
                            if (!method.getName().equals("handle")) {
                                return method.invoke(signal, arguments); // equals, hashCode, toString
                            }
                            handle.invoke(null, signal, usual);
                            end(name, number);
                            return null;
                        });
                handle.invoke(null, signal, handler);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Windows has no SIGHUP, and other virtual machines may lack the class
        }
    }

    private static void end(String signal, int number) {
        isEnding = true;
        ProgressLine.wipe();
        TemporaryFiles.deleteAll();
        try {
            String again = "kill -s " + signal + " " + ProcessHandle.current().pid();
            new ProcessBuilder("sh", "-c", again)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread.sleep(PATIENCE_MILLIS);
        } catch (IOException | InterruptedException e) {
            // no shell: the JVM shuts down by itself
        }
        System.exit(128 + number);
    }
}
