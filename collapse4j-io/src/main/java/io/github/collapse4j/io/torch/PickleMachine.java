package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.FormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets the instructions of one pickle. It knows those that {@code torch.save} writes, and others of data;
 * instructions that look up extensions, or create instances of arbitrary classes, are refused.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">pickletools.py</a>
 */
final class PickleMachine {
    /** Optimisers of models with ten thousand parameters need about a million. */
    private static final int MAX_INSTRUCTIONS = 1 << 21;

    private static final int MAX_INTEGER = 64;
    private static final Pickled NONE = new Pickled.Other("None");
    private static final Pickled MARK = new Pickled.Other("a mark");

    private final PickleInput in;
    private final TorchObjects objects;
    private final List<Pickled> stack = new ArrayList<>();
    private final Map<Long, Pickled> memo = new HashMap<>();

    private PickleMachine(PickleInput in, TorchObjects objects) {
        this.in = in;
        this.objects = objects;
    }

    /** Interprets the pickle at the position of {@code in}, which is left behind it. */
    static Pickled run(PickleInput in, TorchObjects objects) throws IOException {
        PickleMachine machine = new PickleMachine(in, objects);
        for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
            int instruction = in.next();
            if (instruction == '.') {
                return machine.pop();
            }
            machine.step(instruction);
        }
        throw in.defect("at most " + MAX_INSTRUCTIONS + " instructions", "more");
    }

    private void step(int instruction) throws IOException {
        switch (instruction) {
            case 0x80 -> in.next(); // PROTO
            case 0x95 -> in.unsigned(8); // FRAME
            case '(' -> push(MARK);
            case '0' -> pop();
            case '1' -> aboveMark();
            case '2' -> push(peek());
            case 'N' -> push(NONE);
            case 0x88 -> push(new Pickled.Truth(true));
            case 0x89 -> push(new Pickled.Truth(false));
            case ']', ')', 0x8f -> push(Pickled.Items.empty());
            case '}' -> push(Pickled.Pairs.empty());
            case 'l', 't', 0x91 -> push(new Pickled.Items(aboveMark()));
            case 'd' -> {
                List<Pickled> entries = aboveMark();
                push(Pickled.Pairs.empty());
                addPairs(entries);
            }
            case 0x85 -> push(new Pickled.Items(last(1)));
            case 0x86 -> push(new Pickled.Items(last(2)));
            case 0x87 -> push(new Pickled.Items(last(3)));
            case 'a' -> addItems(last(1));
            case 'e', 0x90 -> addItems(aboveMark());
            case 's' -> addPairs(last(2));
            case 'u' -> addPairs(aboveMark());
            case 'q' -> memo.put(in.unsigned(1), peek());
            case 'r' -> memo.put(in.unsigned(4), peek());
            case 'p' -> memo.put(decimal(in.line()).longValue(), peek());
            case 0x94 -> memo.put((long) memo.size(), peek());
            case 'h' -> push(remembered(in.unsigned(1)));
            case 'j' -> push(remembered(in.unsigned(4)));
            case 'g' -> push(remembered(decimal(in.line()).longValue()));
            case 'c' -> {
                String module = in.line();
                push(objects.name(module, in.line(), in));
            }
            case 0x93 -> {
                List<Pickled> names = last(2);
                push(objects.name(text(names.get(0)), text(names.get(1)), in));
            }
            case 'R', 0x81 -> {
                List<Pickled> call = last(2);
                push(objects.make(call.get(0), call.get(1), in));
            }
            case 'b' -> {
                last(1); // attributes, such as the versions of layers, do not matter
                requireObject();
            }
            case 'Q' -> push(objects.storage(pop(), in));
            default -> push(literal(instruction));
        }
    }

    private Pickled literal(int instruction) throws IOException {
        return switch (instruction) {
            case 'K' -> Pickled.Whole.of(in.unsigned(1));
            case 'M' -> Pickled.Whole.of(in.unsigned(2));
            case 'J' -> Pickled.Whole.of((long) (int) in.unsigned(4));
            case 0x8a -> littleEndian(in.unsigned(1));
            case 0x8b -> littleEndian(in.unsigned(4));
            case 'I' -> integer(in.line());
            case 'L' -> new Pickled.Whole(decimal(in.line().replaceFirst("L$", "")));
            case 'G' -> new Pickled.Other("the number " + in.bigEndianDouble());
            case 'F' -> new Pickled.Other("the number " + in.line());
            case 0x8c -> utf8(in.unsigned(1));
            case 'X' -> utf8(in.unsigned(4));
            case 0x8d -> utf8(in.unsigned(8));
            case 'V' -> new Pickled.Text(in.line());
            case 'S' -> new Pickled.Text(unquoted(in.line()));
            case 'U' -> latin1(in.unsigned(1));
            case 'T' -> latin1(in.unsigned(4));
            case 'C' -> bytes(in.unsigned(1));
            case 'B' -> bytes(in.unsigned(4));
            case 0x8e, 0x96 -> bytes(in.unsigned(8));
            default ->
                throw in.defect("instructions that describe tensors, containers and numbers", describe(instruction));
        };
    }

    private static String describe(int instruction) {
        return switch (instruction) {
            case 'i' -> "INST, which creates an object of any class";
            case 'o' -> "OBJ, which creates an object of any class";
            case 0x92 -> "NEWOBJ_EX, which creates an object of any class";
            case 0x82, 0x83, 0x84 -> "EXT, which names a registered function";
            case 'P' -> "PERSID, a name of an object elsewhere";
            case 0x97, 0x98 -> "a buffer outside the file";
            default -> "the byte 0x%02x".formatted(instruction);
        };
    }

    private void push(Pickled value) {
        stack.add(value);
    }

    private Pickled pop() throws FormatException {
        Pickled top = peek();
        stack.remove(stack.size() - 1);
        return top;
    }

    private Pickled peek() throws FormatException {
        if (stack.isEmpty()) {
            throw in.defect("a value on the stack", "none");
        }
        return stack.get(stack.size() - 1);
    }

    private List<Pickled> last(int count) throws FormatException {
        int from = stack.size() - count;
        if (from < 0) {
            throw in.defect(count + " values on the stack", stack.size() + "");
        }
        return take(from);
    }

    private List<Pickled> aboveMark() throws FormatException {
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (stack.get(i) == MARK) {
                List<Pickled> taken = take(i + 1);
                stack.remove(i);
                return taken;
            }
        }
        throw in.defect("a mark on the stack", "none");
    }

    private List<Pickled> take(int from) {
        List<Pickled> top = stack.subList(from, stack.size());
        List<Pickled> taken = new ArrayList<>(top);
        top.clear();
        return taken;
    }

    private void addItems(List<Pickled> items) throws FormatException {
        Pickled target = peek();
        if (target instanceof Pickled.Items list) {
            list.items().addAll(items);
        } else if (!(target instanceof Pickled.Other)) {
            throw in.defect("a list to extend", target.kind());
        }
    }

    private void addPairs(List<Pickled> entries) throws FormatException {
        if (entries.size() % 2 != 0) {
            throw in.defect("keys with values", "a key alone");
        }
        Pickled target = peek();
        if (target instanceof Pickled.Pairs pairs) {
            for (int i = 0; i < entries.size(); i += 2) {
                pairs.put(entries.get(i), entries.get(i + 1));
            }
        } else if (!(target instanceof Pickled.Other)) {
            throw in.defect("a dictionary to extend", target.kind());
        }
    }

    /** Objects in general have methods that take their attributes; those of containers are ignored. */
    private void requireObject() throws FormatException {
        if (!(peek() instanceof Pickled.Pairs || peek() instanceof Pickled.Other)) {
            throw in.defect("an object with attributes", peek().kind());
        }
    }

    private Pickled remembered(long key) throws FormatException {
        Pickled value = memo.get(key);
        if (value == null) {
            throw in.defect("a remembered value", "number " + key + ", which is none");
        }
        return value;
    }

    private String text(Pickled value) throws FormatException {
        if (value instanceof Pickled.Text text) {
            return text.value();
        }
        throw in.defect("the name of a class or function", value.kind());
    }

    private Pickled utf8(long length) throws IOException {
        return new Pickled.Text(new String(in.bytes(length), StandardCharsets.UTF_8));
    }

    private Pickled latin1(long length) throws IOException {
        return new Pickled.Text(new String(in.bytes(length), StandardCharsets.ISO_8859_1));
    }

    private Pickled bytes(long length) throws IOException {
        in.bytes(length);
        return new Pickled.Other("bytes");
    }

    private Pickled littleEndian(long length) throws IOException {
        if (length > MAX_INTEGER) {
            throw in.defect("an integer of at most " + MAX_INTEGER + " bytes", length + " bytes");
        }
        byte[] bytes = in.bytes(length);
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new Pickled.Whole(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(reversed));
    }

    /** A decimal integer; 00 and 01 are truth values in old pickles. */
    private Pickled integer(String line) throws FormatException {
        return switch (line) {
            case "00" -> new Pickled.Truth(false);
            case "01" -> new Pickled.Truth(true);
            default -> new Pickled.Whole(decimal(line));
        };
    }

    private BigInteger decimal(String line) throws FormatException {
        if (line.length() <= MAX_INTEGER && line.matches("-?[0-9]+")) {
            return new BigInteger(line);
        }
        throw in.defect("a decimal integer", line);
    }

    private static String unquoted(String line) {
        return line.length() >= 2 ? line.substring(1, line.length() - 1) : line;
    }
}
