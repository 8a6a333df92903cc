package io.github.collapse4j.cli.option;

import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a file with a list of numbers, named on the command line after an @. */
final class ListFile {
    private ListFile() {}

    static String text(String name) throws IOException {
        Path path = FileName.path(name);
        if (Files.isDirectory(path)) {
            throw new InputException(name + ": expected a file with numbers, found a folder");
        }
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new InputException(name + ": expected a text with numbers, found other bytes");
        }
    }
}
