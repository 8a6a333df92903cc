package io.github.collapse4j.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs several command lines in one JVM, whatever becomes of them: how the launcher learns which classes to keep ready. The
 * arguments are their words, with {@code --} between two command lines.
 */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        List<String> words = new ArrayList<>();
        for (String word : args) {
            if (word.equals("--")) {
                run(words);
                words.clear();
            } else {
                words.add(word);
            }
        }
        run(words);
    }

    private static void run(List<String> words) {
        String[] command = words.toArray(new String[0]);
        Main.run(Main.commandLine(command), command);
    }
}
