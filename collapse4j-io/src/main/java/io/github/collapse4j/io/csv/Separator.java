package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.FileSignature;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.gzip.GzipStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Detects the field separator of a text from its first line: comma, tab, semicolon or single space. */
final class Separator {
    private static final int MAX_BYTES = 1 << 16;

    private Separator() {}

    /**
     * Reads the beginning of a file.
     *
     * @throws InputException if it is not text but a recognised kind of file
     */
    static char of(Path path) throws IOException {
        String name = path.toString();
        try (InputFile file = InputFile.open(path);
                InputStream in = GzipStream.unpackedIfCompressed(file.stream(0, file.size()))) {
            byte[] start = in.readNBytes(MAX_BYTES);
            byte[] magic = Arrays.copyOf(start, Math.min(start.length, FileSignature.BYTES));
            String known = FileSignature.describeInsteadOfText(magic, name).orElse("");
            if (!known.isEmpty()) {
                throw new InputException(name + ": expected text with a separator between its fields, found " + known);
            }
            boolean tabs = name.toLowerCase(Locale.ROOT).contains(".tsv");
            return of(firstLine(new String(start, StandardCharsets.ISO_8859_1)), tabs ? '\t' : ',');
        } catch (InputException e) {
            throw e;
        } catch (IOException e) {
            throw CsvLines.inOneLine(name, 0, e);
        }
    }

    private static char of(String line, char usual) {
        boolean semicolons = line.indexOf(';') >= 0;
        if (semicolons && allNumbers(line.replace(',', '.').split(";"))) {
            return ';'; // with decimal commas, which are refused when they are read
        }
        for (char separator : new char[] {usual, ',', '\t', ';'}) {
            if (line.indexOf(separator) >= 0) {
                return separator;
            }
        }
        return line.strip().indexOf(' ') > 0 && allNumbers(line.strip().split(" ")) ? ' ' : usual;
    }

    private static boolean allNumbers(String[] fields) {
        return Arrays.stream(fields)
                .map(String::strip)
                .allMatch(field -> field.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?"));
    }

    /** The first non-empty line without quoted parts; for UTF-16, the non-zero bytes. */
    private static String firstLine(String text) {
        StringBuilder line = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (!quoted && (c == '\n' || c == '\r')) {
                if (!line.toString().isBlank()) {
                    break;
                }
            } else if (!quoted && c != 0) {
                line.append(c);
            }
        }
        return line.toString();
    }
}
