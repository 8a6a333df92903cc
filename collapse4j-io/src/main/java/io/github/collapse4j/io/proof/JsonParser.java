package io.github.collapse4j.io.proof;

import io.github.collapse4j.io.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict parser of the JSON used in proof files: RFC 8259 without fractions, exponents, signs, booleans or null,
 * without duplicate names, and with nothing after the value. Libraries are more lenient than a proof permits.
 */
final class JsonParser {
    /** Maximum nesting of objects and lists; a proof file needs five levels. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_DIGITS = 9;

    private final String file;
    private final String text;
    private int at;

    private JsonParser(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Parses one value.
     *
     * @param file name of the file, for messages
     */
    static Json parse(String file, String text) throws InputException {
        JsonParser parser = new JsonParser(file, text);
        Json value = parser.value(0);
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.unexpected("nothing after the object");
        }
        return value;
    }

    private Json value(int depth) throws InputException {
        skipSpace();
        if (depth > MAX_DEPTH) {
            throw unexpected("at most " + MAX_DEPTH + " objects and lists inside one another");
        }
        int next = at < text.length() ? text.charAt(at) : -1;
        if (next == '{') {
            return members(depth);
        }
        if (next == '[') {
            return items(depth);
        }
        if (next == '"') {
            return new Json.Text(string());
        }
        if (next >= '0' && next <= '9') {
            return integer();
        }
        throw unexpected("an object, a list, a text or an integer");
    }

    private Json members(int depth) throws InputException {
        Map<String, Json> members = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (takes('}')) {
            return new Json.Members(members);
        }
        do {
            skipSpace();
            int start = at;
            String name = string();
            skipSpace();
            require(':');
            if (members.put(name, value(depth + 1)) != null) {
                at = start;
                throw unexpected("names that differ");
            }
            skipSpace();
        } while (takes(','));
        require('}');
        return new Json.Members(members);
    }

    private Json items(int depth) throws InputException {
        List<Json> items = new ArrayList<>();
        at++;
        skipSpace();
        if (takes(']')) {
            return new Json.Items(items);
        }
        do {
            items.add(value(depth + 1));
            skipSpace();
        } while (takes(','));
        require(']');
        return new Json.Items(items);
    }

    private Json integer() throws InputException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        boolean tooLong = at - start > MAX_DIGITS || (text.charAt(start) == '0' && at - start > 1);
        if (tooLong || (at < text.length() && ".eE+-".indexOf(text.charAt(at)) >= 0)) {
            at = start;
            throw unexpected("an integer from 0 to 999999999 without sign, fraction and exponent");
        }
        return new Json.Whole(Integer.parseInt(text.substring(start, at)));
    }

    private String string() throws InputException {
        require('"');
        int start = at;
        int end = at;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\' && text.charAt(end) >= ' ') {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '"') {
            at = end + 1;
            return text.substring(start, end);
        }
        StringBuilder result = new StringBuilder();
        while (!takes('"')) {
            if (at >= text.length() || text.charAt(at) < ' ') {
                throw unexpected("the end of a text");
            }
            char next = text.charAt(at++);
            result.append(next == '\\' ? escape() : next);
        }
        return result.toString();
    }

    private char escape() throws InputException {
        if (at < text.length()) {
            char kind = text.charAt(at++);
            int simple = "\"\\/bfnrt".indexOf(kind);
            if (simple >= 0) {
                return "\"\\/\b\f\n\r\t".charAt(simple);
            }
            if (kind == 'u' && at + 4 <= text.length()) {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = "0123456789abcdef".indexOf(Character.toLowerCase(text.charAt(at + i)));
                    if (digit < 0 || text.charAt(at + i) > 'f') {
                        throw unexpected("four hexadecimal digits");
                    }
                    code = 16 * code + digit;
                }
                at += 4;
                return (char) code;
            }
        }
        at--;
        throw unexpected("an escape that JSON knows");
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takes(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char expected) throws InputException {
        if (!takes(expected)) {
            throw unexpected("'" + expected + "'");
        }
    }

    private InputException unexpected(String expected) {
        String found = at < text.length()
                ? "'" + text.substring(at, Math.min(text.length(), at + 12)) + "'"
                : "the end of the file";
        return new InputException(file + ": character " + at + ": expected " + expected + ", found " + found);
    }
}
