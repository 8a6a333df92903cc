package io.github.collapse4j.cli;

import io.github.collapse4j.cli.text.ProgressLine;
import io.github.collapse4j.io.file.TemporaryFiles;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * What happens when the process is told to end: by Ctrl-C, SIGTERM, or a terminal that goes away. Files that are not complete
 * are deleted and the progress bar is wiped off; then the signal gets its usual effect and is sent again. A JVM that ends by
 * itself waits for its compiler and for threads in native code, and their libraries' exit handlers for theirs; a signal
 * waits for nobody.
 */
final class Interruption {
    private static final long PATIENCE_MILLIS = 1000;

    private static volatile boolean isEnding;

    private Interruption() {}

    /**
     * Does not return once the process has been told to end. Threads lose their files then, of which nothing is to be said,
     * and the exit code is the signal's.
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

    /** Takes the signals over; where there are none, or no class for them, the JVM does what it always does. */
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
            // Windows knows no SIGHUP, and other virtual machines no such class
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
            // there is no shell: the JVM ends by itself
        }
        System.exit(128 + number);
    }
}
