package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.InputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The operations of a model, without those inside others.
 *
 * @param nodes the operations
 * @param producers the operation that makes each tensor
 * @param initializers constant tensors by name
 * @param inputs the inputs that have no initialiser
 * @param outputs the names of the outputs
 */
record OnnxGraph(
        List<OnnxNode> nodes,
        Map<String, OnnxNode> producers,
        Map<String, OnnxTensor> initializers,
        List<OnnxInput> inputs,
        List<String> outputs) {
    private static final int GRAPH = 7;

    static OnnxGraph read(InputFile file) throws IOException {
        ProtoReader model = ProtoReader.of(file);
        for (int field = model.next(); field != 0; field = model.next()) {
            if (field == GRAPH) {
                return read(model.message());
            }
            model.skip();
        }
        throw model.defect("a graph", "none");
    }

    private static OnnxGraph read(ProtoReader in) throws IOException {
        List<OnnxNode> nodes = new ArrayList<>();
        Map<String, OnnxTensor> initializers = new LinkedHashMap<>();
        List<OnnxInput> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> nodes.add(OnnxNode.read(in.message()));
                case 5 -> {
                    OnnxTensor tensor = OnnxTensor.read(in.message());
                    initializers.put(tensor.name(), tensor);
                }
                case 11 -> inputs.add(input(in.message()));
                case 12 -> outputs.add(input(in.message()).name());
                default -> in.skip();
            }
        }
        inputs.removeIf(input -> initializers.containsKey(input.name()));
        Map<String, OnnxNode> producers = new HashMap<>();
        for (OnnxNode node : nodes) {
            for (String output : node.outputs()) {
                producers.put(output, node);
            }
        }
        return new OnnxGraph(nodes, producers, initializers, inputs, outputs);
    }

    private static OnnxInput input(ProtoReader in) throws IOException {
        String name = "";
        OnnxType[] type = {OnnxType.OTHER};
        List<OptionalLong> dimensions = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> name = in.string();
                case 2 -> // a type, of which field 1 is that of tensors: element type and shape
                    inside(1, in.message(), tensor -> {
                        for (int part = tensor.next(); part != 0; part = tensor.next()) {
                            switch (part) {
                                case 1 -> type[0] = OnnxType.of(tensor.integer());
                                case 2 -> inside(1, tensor.message(), length -> dimensions.add(length(length)));
                                default -> tensor.skip();
                            }
                        }
                    });
                default -> in.skip();
            }
        }
        return new OnnxInput(name, type[0], dimensions);
    }

    private interface Reading {
        void read(ProtoReader in) throws IOException;
    }

    private static void inside(int wanted, ProtoReader in, Reading reading) throws IOException {
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == wanted) {
                reading.read(in.message());
            } else {
                in.skip();
            }
        }
    }

    private static OptionalLong length(ProtoReader in) throws IOException {
        OptionalLong length = OptionalLong.empty();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                long value = in.integer();
                length = value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
            } else {
                in.skip();
            }
        }
        return length;
    }

    Optional<OnnxNode> producer(String tensor) {
        return tensor.isEmpty() ? Optional.empty() : Optional.ofNullable(producers.get(tensor));
    }

    /** The operations that read a tensor. */
    List<OnnxNode> consumers(String tensor) {
        return nodes.stream().filter(node -> node.inputs().contains(tensor)).toList();
    }
}
