package io.github.collapse4j.spark.app;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.OwnFault;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;

/**
 * Condenses Spark's exceptions to one line; their messages contain stack traces and plans, with the cause at the end.
 */
final class SparkFailure {
    private SparkFailure() {}

    /** {@return whether an exception is Spark's own or was thrown in a task} */
    static boolean is(Exception thrown) {
        return thrown instanceof AnalysisException
                || thrown.getClass().getName().startsWith("org.apache.spark.");
    }

    /**
     * Condenses an exception to one line.
     *
     * @param name prefix of the line
     * @throws X the exception itself, if its cause is a bug of this program
     */
    static <X extends Exception> InputException line(String name, X thrown) throws X {
        List<Throwable> chain = chain(thrown);
        Throwable root = chain.get(chain.size() - 1);
        if (OwnFault.is(root)) {
            throw thrown;
        }
        String cause = root.toString();
        for (Throwable one : chain) {
            cause = one.getMessage() == null || one.getMessage().isBlank() ? cause : firstLine(one.getMessage());
        }
        return new InputException(name + ": " + cause);
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable one = thrown; one != null && !chain.contains(one); one = one.getCause()) {
            chain.add(one);
        }
        return chain;
    }

    private static String firstLine(String message) {
        return message.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(message)
                .strip();
    }
}
