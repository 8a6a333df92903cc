package io.github.collapse4j.io.proof;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.proof.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A value of a proof file with its location, for messages such as {@code run.json: model.counts[2]: expected …}. */
final class Field {
    private static final int MAX_QUOTED = 40;

    private final @Nullable Field owner;

    /** The name of the member or the file; empty for an item of a list. */
    private final String name;

    private final int index;
    private final Json value;

    private Field(@Nullable Field owner, String name, int index, Json value) {
        this.owner = owner;
        this.name = name;
        this.index = index;
        this.value = value;
    }

    /** The top-level value of a file. */
    static Field ofFile(String file, Json value) {
        return new Field(null, file, 0, value);
    }

    /** The members of an object. */
    record Members(Field owner, Map<String, Json> values) {
        boolean has(String name) {
            return values.containsKey(name);
        }

        Field get(String name) throws InputException {
            Json value = values.get(name);
            if (value == null) {
                throw owner.complaint("expected " + name + ", found none");
            }
            return new Field(owner, name, 0, value);
        }
    }

    /** The members of an object that has all of the given names, and no others but optional ones. */
    Members members(List<String> names, List<String> optional) throws InputException {
        Map<String, Json> values = membersOfAnyName().values;
        TreeSet<String> missing = new TreeSet<>(names);
        missing.removeAll(values.keySet());
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(new TreeSet<>(names));
        unknown.removeAll(new TreeSet<>(optional));
        if (!missing.isEmpty()) {
            throw complaint("expected " + String.join(", ", names) + ", found no " + String.join(", ", missing));
        }
        if (!unknown.isEmpty()) {
            throw complaint("expected " + String.join(", ", names) + ", found " + quoted(String.join(", ", unknown))
                    + " besides");
        }
        return new Members(this, values);
    }

    /** The members of an object whose names depend on other members. */
    Members membersOfAnyName() throws InputException {
        if (value instanceof Json.Members members) {
            return new Members(this, members.values());
        }
        throw unexpected("an object");
    }

    /** The items of a list of the given length. */
    List<Field> items(int length) throws InputException {
        List<Field> items = items();
        if (items.size() != length) {
            throw complaint("expected a list of " + length + ", found one of " + items.size());
        }
        return items;
    }

    /** The items of a list of any length. */
    List<Field> items() throws InputException {
        if (!(value instanceof Json.Items items)) {
            throw unexpected("a list");
        }
        List<Field> fields = new ArrayList<>(items.values().size());
        for (int i = 0; i < items.values().size(); i++) {
            fields.add(new Field(this, "", i, items.values().get(i)));
        }
        return fields;
    }

    String text() throws InputException {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        throw unexpected("a text");
    }

    int integer(int least, int most) throws InputException {
        if (value instanceof Json.Whole number && number.value() >= least && number.value() <= most) {
            return number.value();
        }
        throw unexpected("an integer from " + least + " to " + most);
    }

    Rational rational() throws InputException {
        Optional<Rational> rational = Rational.parse(text());
        if (rational.isEmpty()) {
            throw unexpected("a fraction above 0 such as 1/250, at most 40 digits each");
        }
        return rational.get();
    }

    /** A double in the given range. */
    double number(double least, double most) throws InputException {
        OptionalDouble number = HexDouble.parse(text());
        if (number.isEmpty()) {
            throw unexpected("a double in hexadecimal such as 0x1.8p-3, up to 2^40 in size");
        }
        if (!(number.getAsDouble() >= least && number.getAsDouble() <= most)) {
            throw unexpected("a number from " + HexDouble.text(least) + " to " + HexDouble.text(most));
        }
        return number.getAsDouble();
    }

    double[] numbers(int length, double least, double most) throws InputException {
        List<Field> items = items(length);
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = items.get(i).number(least, most);
        }
        return numbers;
    }

    double[][] rows(int rows, int columns, double least, double most) throws InputException {
        List<Field> items = items(rows);
        double[][] matrix = new double[rows][];
        for (int i = 0; i < rows; i++) {
            matrix[i] = items.get(i).numbers(columns, least, most);
        }
        return matrix;
    }

    InputException unexpected(String expected) {
        return complaint("expected " + expected + ", found " + found());
    }

    InputException complaint(String message) {
        return new InputException(path() + ": " + message);
    }

    private String path() {
        if (owner == null) {
            return name;
        }
        String start = owner.path();
        if (name.isEmpty()) {
            return start + "[" + index + "]";
        }
        return start + (owner.owner == null ? ": " : ".") + name;
    }

    private String found() {
        if (value instanceof Json.Text text) {
            return '"' + quoted(text.value()) + '"';
        }
        if (value instanceof Json.Whole number) {
            return Integer.toString(number.value());
        }
        return value instanceof Json.Items ? "a list" : "an object";
    }

    private static String quoted(String text) {
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }
}
