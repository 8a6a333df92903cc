package io.github.collapse4j.io.array;

/** Makes text from a file safe to print as one line on a terminal. */
public final class OneLine {
    private static final int MAX_QUOTE = 200;

    private OneLine() {}

    /** {@return the text with unprintable characters escaped} */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isPrintable(c)) {
                line.appendCodePoint(c);
            } else {
                line.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return line.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** {@return the same, cut after 200 characters} */
    public static String shortened(String untrusted) {
        String text = of(untrusted);
        if (text.length() <= MAX_QUOTE) {
            return text;
        }
        int end = text.offsetByCodePoints(0, text.codePointCount(0, MAX_QUOTE - 1));
        return text.substring(0, end) + "…";
    }
}
