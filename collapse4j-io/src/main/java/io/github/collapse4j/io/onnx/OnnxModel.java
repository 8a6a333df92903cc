package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.HeadArchive;
import io.github.collapse4j.io.head.LinearHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An ONNX model: its initialisers as arrays, as they are stored, and its last linear map. */
public final class OnnxModel implements HeadArchive {
    private static final int MAX_OUTPUTS = 64;
    private static final int MAX_CHAIN = 100;

    private final InputFile file;
    private final OnnxGraph graph;
    private final OnnxConstants constants;

    private OnnxModel(InputFile file, OnnxGraph graph) {
        this.file = file;
        this.graph = graph;
        this.constants = new OnnxConstants(file, graph);
    }

    /**
     * Opens a model and reads its graph, without the parameters.
     *
     * @param path a regular file that must not be changed while it or an array of it is open; parameters may also be in
     *     files beside it
     * @param name its name in messages
     * @throws FormatException if it is not such a file
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if reading fails
     */
    public static OnnxModel open(Path path, String name) throws IOException {
        InputFile file = InputFile.open(path, name);
        try {
            return new OnnxModel(file, OnnxGraph.read(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Finds the last linear map, and the tensors before and after it.
     *
     * @param name a tensor to begin at, such as an output or a layer's, or the weights; empty for the outputs
     * @throws FormatException if there is none, which says what was found instead, or there are several, which lists
     *     them
     */
    public OnnxHead onnxHead(String name) throws IOException {
        if (!name.isEmpty()) {
            return from(end(layerOf(name)));
        }
        List<OnnxHead> heads = new ArrayList<>();
        FormatException refusal = file.origin().defect("graph", "an output", "none", 0);
        if (graph.outputs().size() > MAX_OUTPUTS) {
            throw file.origin()
                    .defect(
                            "graph",
                            "at most " + MAX_OUTPUTS + " outputs",
                            graph.outputs().size() + "",
                            0);
        }
        for (String output : graph.outputs()) {
            try {
                OnnxHead head = from(output);
                if (heads.stream()
                        .noneMatch(other -> other.features().equals(head.features())
                                && other.linear()
                                        .description()
                                        .equals(head.linear().description()))) {
                    heads.add(head);
                }
            } catch (FormatException e) {
                refusal = e;
            }
        }
        if (heads.isEmpty()) {
            throw refusal;
        }
        List<OnnxHead> last = heads.stream()
                .filter(head -> heads.stream().noneMatch(other -> isBefore(head, other)))
                .toList();
        if (last.size() != 1) { // none if each comes before another
            List<String> texts = (last.isEmpty() ? heads : last)
                    .stream()
                            .map(head -> head.logits() + " = " + head.linear().description())
                            .toList();
            throw file.origin()
                    .defect(
                            "graph",
                            "one linear map before the outputs, or "
                                    + file.origin().name() + ":NAME",
                            String.join("; ", texts),
                            0);
        }
        return last.get(0);
    }

    @Override
    public Optional<LinearHead> head(String name) throws IOException {
        return Optional.of(onnxHead(name).linear());
    }

    private OnnxHead from(String tensor) throws IOException {
        return HeadWalk.from(tensor, constants);
    }

    /** The output of the layer of that name, be it the layer's output or its weights. */
    private String layerOf(String name) throws IOException {
        if (graph.producers().containsKey(name) && !constants.isConstant(name)) {
            return name;
        }
        for (OnnxNode node : graph.nodes()) {
            if (LinearOperation.isLinear(node) && !node.outputs().isEmpty() && isMadeOf(node.input(1), name)) {
                return node.outputs().get(0);
            }
        }
        throw file.origin()
                .defect("graph", "'" + name + "' as a tensor or as weights", "outputs " + graph.outputs(), 0);
    }

    private boolean isMadeOf(String tensor, String name) {
        String source = tensor;
        for (int steps = 0; steps < MAX_CHAIN; steps++) {
            if (source.equals(name)) {
                return true;
            }
            Optional<OnnxNode> producer = graph.producer(source);
            if (producer.isEmpty()) {
                return false;
            }
            source = producer.get().input(0);
        }
        return false;
    }

    /** The output of the bias, scale or BatchNorm that follows a layer, if nothing else does. */
    private String end(String tensor) {
        String end = tensor;
        for (int steps = 0; steps < MAX_CHAIN; steps++) {
            List<OnnxNode> consumers = graph.consumers(end);
            if (consumers.size() != 1 || consumers.get(0).outputs().isEmpty() || !isAffine(consumers.get(0), end)) {
                return end;
            }
            end = consumers.get(0).outputs().get(0);
        }
        return end;
    }

    private boolean isAffine(OnnxNode node, String input) {
        if (node.op().equals("BatchNormalization")) {
            return node.input(0).equals(input);
        }
        if (!List.of("Add", "Sub", "Mul", "Div").contains(node.op())) {
            return false;
        }
        String other = node.input(0).equals(input) ? node.input(1) : node.input(0);
        return constants.isConstant(other);
    }

    /** Whether the logits of one head are used on the way to the features of another. */
    private boolean isBefore(OnnxHead head, OnnxHead other) {
        Deque<String> open = new ArrayDeque<>(List.of(other.features()));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String tensor = open.pop();
            if (tensor.equals(head.logits())) {
                return true;
            }
            if (seen.add(tensor)) {
                graph.producer(tensor).ifPresent(node -> node.inputs().forEach(open::push));
            }
        }
        return false;
    }

    /** {@return the names of the initialisers of supported types} */
    @Override
    public List<String> names() {
        return graph.initializers().values().stream()
                .filter(tensor -> tensor.type().dtype().isPresent())
                .map(OnnxTensor::name)
                .toList();
    }

    @Override
    public ArrayHeader header(String name) throws IOException {
        return tensor(name).header(origin(name));
    }

    @Override
    public NumericArray array(String name) throws IOException {
        return tensor(name).array(file, origin(name));
    }

    private Origin origin(String name) {
        return file.origin().entry(name);
    }

    private OnnxTensor tensor(String name) throws FormatException {
        OnnxTensor tensor = graph.initializers().get(name);
        if (tensor == null) {
            throw file.origin().defect("initializer", "'" + name + "'", "only " + names(), 0);
        }
        return tensor;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
