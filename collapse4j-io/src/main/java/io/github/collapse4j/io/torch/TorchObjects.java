package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.DType.Kind;
import io.github.collapse4j.io.array.FormatException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes and functions that a pickle may name, and what is made of their calls: tensors and containers, or nothing.
 * None of them is executed.
 */
final class TorchObjects {
    private static final Set<String> CONTAINERS =
            Set.of("collections.OrderedDict", "collections.defaultdict", "collections.Counter", "builtins.dict");
    private static final Set<String> LISTS = Set.of(
            "builtins.set", "__builtin__.set", "builtins.frozenset", "builtins.list", "builtins.tuple", "torch.Size");

    /** Objects without tensors that trainings save beside them. */
    private static final Set<String> IGNORED = Set.of(
            "argparse.Namespace",
            "torch.device",
            "torch.Generator",
            "torch.serialization._get_layout",
            "numpy.dtype",
            "numpy.ndarray",
            "numpy.core.multiarray.scalar",
            "numpy.core.multiarray._reconstruct",
            "numpy._core.multiarray.scalar",
            "numpy._core.multiarray._reconstruct",
            "_codecs.encode",
            "pathlib.PosixPath",
            "pathlib.WindowsPath",
            "pathlib.Path",
            "datetime.datetime",
            "datetime.timedelta",
            "builtins.int",
            "builtins.float",
            "builtins.str",
            "builtins.bool",
            "builtins.complex",
            "__builtin__.complex",
            "builtins.slice");

    private static final String TENSOR = "torch._utils._rebuild_tensor";
    private static final String TENSOR_2 = "torch._utils._rebuild_tensor_v2";
    private static final String TENSOR_3 = "torch._utils._rebuild_tensor_v3";
    private static final String PARAMETER = "torch._utils._rebuild_parameter";
    private static final String PARAMETER_WITH_STATE = "torch._utils._rebuild_parameter_with_state";
    private static final String PARAMETER_CLASS = "torch.nn.parameter.Parameter";
    private static final Set<String> TENSORS =
            Set.of(TENSOR, TENSOR_2, TENSOR_3, PARAMETER, PARAMETER_WITH_STATE, PARAMETER_CLASS);
    private static final Set<String> UNTYPED =
            Set.of("torch.UntypedStorage", "torch.storage.UntypedStorage", "torch.storage._UntypedStorage");

    private static final Map<String, TypeName> TYPES = Map.ofEntries(
            Map.entry("Float", new TypeName(Kind.FLOAT, 4, "float32")),
            Map.entry("Double", new TypeName(Kind.FLOAT, 8, "float64")),
            Map.entry("Half", new TypeName(Kind.FLOAT, 2, "float16")),
            Map.entry("BFloat16", new TypeName(Kind.BRAIN_FLOAT, 2, "bfloat16")),
            Map.entry("Long", new TypeName(Kind.SIGNED_INTEGER, 8, "int64")),
            Map.entry("Int", new TypeName(Kind.SIGNED_INTEGER, 4, "int32")),
            Map.entry("Short", new TypeName(Kind.SIGNED_INTEGER, 2, "int16")),
            Map.entry("Char", new TypeName(Kind.SIGNED_INTEGER, 1, "int8")),
            Map.entry("Byte", new TypeName(Kind.UNSIGNED_INTEGER, 1, "uint8")),
            Map.entry("UInt16", new TypeName(Kind.UNSIGNED_INTEGER, 2, "uint16")),
            Map.entry("UInt32", new TypeName(Kind.UNSIGNED_INTEGER, 4, "uint32")),
            Map.entry("UInt64", new TypeName(Kind.UNSIGNED_INTEGER, 8, "uint64")),
            Map.entry("Bool", new TypeName(Kind.BOOL, 1, "bool")));

    /** Types whose tensors cannot be read, but may lie beside others, with the size of their elements. */
    private static final Map<String, Integer> UNREADABLE = Map.ofEntries(
            Map.entry("ComplexFloat", 8),
            Map.entry("ComplexDouble", 16),
            Map.entry("QInt8", 1),
            Map.entry("QUInt8", 1),
            Map.entry("QInt32", 4),
            Map.entry("complex32", 4),
            Map.entry("complex64", 8),
            Map.entry("complex128", 16),
            Map.entry("float8_e4m3fn", 1),
            Map.entry("float8_e5m2", 1),
            Map.entry("qint8", 1),
            Map.entry("quint8", 1),
            Map.entry("qint32", 4));

    /** Copies of lists cost one instruction each, however long they are. */
    private static final int MAX_COPIED = 1 << 21;

    private record TypeName(Kind kind, int bytes, String name) {}

    private final ByteOrder order;
    private final Map<String, Integer> itemBytes = new HashMap<>();
    private long copied;

    /**
     * Creates the objects of a file.
     *
     * @param order of the bytes of its numbers
     */
    TorchObjects(ByteOrder order) {
        this.order = order;
    }

    /** Checks that a class or function may be named. */
    Pickled name(String module, String attribute, PickleInput in) throws FormatException {
        String name = module + "." + attribute;
        if (CONTAINERS.contains(name)
                || LISTS.contains(name)
                || IGNORED.contains(name)
                || TENSORS.contains(name)
                || UNTYPED.contains(name)
                || typeName(name).isPresent()) {
            return new Pickled.Name(name);
        }
        String hint = module.startsWith("__torch__")
                ? ", a class of TorchScript"
                : ", which is not executed (save tensors, as in torch.save(model.state_dict(), 'model.pt'))";
        throw in.defect("tensors, containers and numbers", name + hint);
    }

    /** Describes the result of a call. */
    Pickled make(Pickled callee, Pickled arguments, PickleInput in) throws FormatException {
        if (!(callee instanceof Pickled.Name function) || !(arguments instanceof Pickled.Items list)) {
            throw in.defect("a call by name with a tuple of arguments", callee.kind() + ", " + arguments.kind());
        }
        String name = function.name();
        List<Pickled> given = list.items();
        if (CONTAINERS.contains(name)) {
            return pairs(copy(given, in));
        }
        if (LISTS.contains(name)) {
            return new Pickled.Items(copy(given, in));
        }
        if (IGNORED.contains(name)) {
            return new Pickled.Other(name);
        }
        return switch (name) {
            case TENSOR, TENSOR_2 -> tensor(given, null, in);
            case TENSOR_3 -> tensor(given, argument(given, 6, in), in);
            case PARAMETER, PARAMETER_WITH_STATE, PARAMETER_CLASS -> argument(given, 0, in);
            default -> throw in.defect("a function that makes a tensor or a container", name);
        };
    }

    /** The entries of the list that is the only argument. */
    private List<Pickled> copy(List<Pickled> given, PickleInput in) throws FormatException {
        if (given.size() != 1 || !(given.get(0) instanceof Pickled.Items items)) {
            return new ArrayList<>();
        }
        copied += items.items().size();
        if (copied > MAX_COPIED) {
            throw in.defect("at most " + MAX_COPIED + " entries in copies of lists", "more");
        }
        return new ArrayList<>(items.items());
    }

    private static Pickled pairs(List<Pickled> entries) {
        Pickled.Pairs pairs = Pickled.Pairs.empty();
        for (Pickled entry : entries) {
            if (entry instanceof Pickled.Items two && two.items().size() == 2) {
                pairs.put(two.items().get(0), two.items().get(1));
            }
        }
        return pairs;
    }

    /** Describes a storage that is elsewhere in the file. */
    Pickled storage(Pickled identity, PickleInput in) throws FormatException {
        if (!(identity instanceof Pickled.Items items)
                || items.items().size() < 5
                || !items.items().get(0).equals(new Pickled.Text("storage"))
                || !(items.items().get(1) instanceof Pickled.Name type)
                || !(items.items().get(2) instanceof Pickled.Text key)) {
            throw in.defect("a storage outside the pickle", identity.kind());
        }
        long first = 0;
        if (items.items().size() > 5 && items.items().get(5) instanceof Pickled.Items view) {
            first = number(argument(view.items(), 1, in), in);
        }
        Optional<DType> elements = type(type.name());
        itemBytes.put(
                key.value(),
                elements.map(DType::itemBytes)
                        .orElseGet(() ->
                                UNREADABLE.getOrDefault(typeName(type.name()).orElse(""), 1)));
        return new Pickled.Storage(elements, type.name(), key.value(), first);
    }

    /** The size of the elements of each storage that was named so far, by its key. */
    Map<String, Integer> itemBytes() {
        return itemBytes;
    }

    private Pickled tensor(List<Pickled> given, @Nullable Pickled type, PickleInput in) throws FormatException {
        if (!(argument(given, 0, in) instanceof Pickled.Storage storage)) {
            throw in.defect("a tensor of a storage", argument(given, 0, in).kind());
        }
        String typeName = type instanceof Pickled.Name named ? named.name() : storage.typeName();
        List<Long> shape = numbers(argument(given, 2, in), in);
        List<Long> strides = numbers(argument(given, 3, in), in);
        if (shape.size() != strides.size()) {
            throw in.defect("a stride for each of the " + shape.size() + " dimensions", strides.size() + "");
        }
        long offset = number(argument(given, 1, in), in);
        if (offset > Long.MAX_VALUE - storage.first()) {
            throw in.defect("an offset inside the file", offset + "");
        }
        return new Pickled.Tensor(type(typeName), typeName, storage.key(), storage.first() + offset, shape, strides);
    }

    private static Pickled argument(List<Pickled> given, int index, PickleInput in) throws FormatException {
        if (index >= given.size()) {
            throw in.defect("at least " + (index + 1) + " arguments", given.size() + "");
        }
        return given.get(index);
    }

    private static List<Long> numbers(Pickled value, PickleInput in) throws FormatException {
        if (!(value instanceof Pickled.Items items)) {
            throw in.defect("the lengths of dimensions", value.kind());
        }
        if (items.items().size() > ArrayHeader.MAX_DIMENSIONS) {
            throw in.defect(
                    "at most " + ArrayHeader.MAX_DIMENSIONS + " dimensions",
                    items.items().size() + "");
        }
        List<Long> numbers = new ArrayList<>();
        for (Pickled item : items.items()) {
            numbers.add(number(item, in));
        }
        return numbers;
    }

    private static long number(Pickled value, PickleInput in) throws FormatException {
        if (value instanceof Pickled.Whole whole
                && whole.value().signum() >= 0
                && whole.value().bitLength() < Long.SIZE) {
            return whole.value().longValue();
        }
        throw in.defect(
                "a number from 0 to 2^63-1",
                value instanceof Pickled.Whole whole ? whole.value().toString() : value.kind());
    }

    /** The element type of {@code torch.FloatStorage}, {@code torch.cuda.HalfStorage} or {@code torch.float32}. */
    private Optional<DType> type(String name) {
        String type = typeName(name).orElse("");
        return Optional.ofNullable(TYPES.get(type))
                .or(() -> TYPES.values().stream()
                        .filter(known -> known.name().equals(type))
                        .findFirst())
                .map(known -> new DType(known.kind(), known.bytes(), order));
    }

    private static Optional<String> typeName(String name) {
        if (!name.startsWith("torch.")) {
            return Optional.empty();
        }
        String last = name.substring("torch.".length()).replaceFirst("^(cuda|storage|sparse)\\.", "");
        String type = last.replaceFirst("Storage$", "");
        boolean isStorage = !type.equals(last);
        boolean isKnown = isStorage
                ? TYPES.containsKey(type) || UNREADABLE.containsKey(type)
                : UNREADABLE.containsKey(type)
                        || TYPES.values().stream()
                                .anyMatch(known -> known.name().equals(type));
        return isKnown ? Optional.of(type) : Optional.empty();
    }
}
