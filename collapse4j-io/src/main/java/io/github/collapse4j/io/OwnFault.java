package io.github.collapse4j.io;

import java.util.Arrays;

/** Tells faults of this program from those of the libraries that it calls, which throw anything at defective data. */
public final class OwnFault {
    private static final String OURS = "io.github.collapse4j.";

    private OwnFault() {}

    /** {@return whether an exception was thrown by this program, itself or in a call of Java's library} */
    public static boolean is(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                .findFirst()
                .filter(name -> name.startsWith(OURS))
                .isPresent();
    }
}
