package io.github.collapse4j.io;

import java.util.Arrays;

/** Distinguishes bugs of this program from exceptions that libraries throw at defective data. */
public final class OwnFault {
    private static final String OURS = "io.github.collapse4j.";

    private OwnFault() {}

    /**
     * {@return whether an exception was thrown by this program's own code, directly or in a call to the Java library}
     */
    public static boolean is(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                .findFirst()
                .filter(name -> name.startsWith(OURS))
                .isPresent();
    }
}
