package io.github.collapse4j.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.extract.TrainedModel;
import io.github.collapse4j.io.input.ElementType;
import io.github.collapse4j.io.input.ModelInput;
import io.github.collapse4j.io.onnx.OnnxHead;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A session of ONNX Runtime that answers with the input and the output of the last linear map. */
final class OnnxSession implements TrainedModel {
    private static final double SINGLE = 0x1p-24;
    private static final double HALF = 0x1p-11;
    private static final double BRAIN = 0x1p-8;

    private final Path file;
    private final OnnxHead head;
    private final String identity;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelInput input;
    private final double roundOff;

    private OnnxSession(
            Path file,
            OnnxHead head,
            String identity,
            OrtEnvironment environment,
            OrtSession session,
            ModelInput input,
            double roundOff) {
        this.file = file;
        this.head = head;
        this.identity = identity;
        this.environment = environment;
        this.session = session;
        this.input = input;
        this.roundOff = roundOff;
    }

    /**
     * Opens a session.
     *
     * @throws InputException if ONNX Runtime refuses the model, or it takes other things than one array of numbers
     */
    static OnnxSession open(Path file, OnnxHead head) throws IOException {
        ModelBytes model = ModelBytes.read(file, Set.of(head.features(), head.logits()));
        String identity =
                model.digest() + " " + Arrays.hashCode(head.linear().weights().data());
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        OrtSession session;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1); // batches run side by side, each with the same arithmetic
            options.setInterOpNumThreads(1);
            // Dequantised weights are multiplied as the head has them; and replacing them ends the process on some
            // models.
            options.addConfigEntry("session.disable_quant_qdq", "1");
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // Tensors stored beside the model are looked for there.
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                options.addConfigEntry("session.model_external_initializers_file_folder_path", folder.toString());
            }
            session = environment.createSession(model.buffer(), options);
        } catch (OrtException e) {
            throw new InputException(file + ": " + OrtMessage.of(e));
        }
        try {
            ModelInput input = input(file, session);
            return new OnnxSession(
                    file,
                    head,
                    identity + ", ONNX Runtime " + environment.getVersion(),
                    environment,
                    session,
                    input,
                    roundOff(session, head));
        } catch (OrtException e) {
            close(file, session);
            throw new InputException(file + ": " + OrtMessage.of(e));
        } catch (IOException | RuntimeException e) {
            close(file, session);
            throw e;
        }
    }

    private static ModelInput input(Path file, OrtSession session) throws OrtException, InputException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() != 1) {
            throw new InputException(
                    file + ": expected a model with one input, found " + inputs.size() + ": " + inputs.keySet());
        }
        Map.Entry<String, NodeInfo> only = inputs.entrySet().iterator().next();
        if (!(only.getValue().getInfo() instanceof TensorInfo tensor)) {
            throw new InputException(file + ": input " + only.getKey() + ": expected a tensor, found "
                    + only.getValue().getInfo().getClass().getSimpleName());
        }
        long[] shape = tensor.getShape();
        if (shape.length == 0 || Arrays.stream(shape).anyMatch(length -> length > Integer.MAX_VALUE)) {
            throw new InputException(file + ": input " + only.getKey()
                    + ": expected a tensor with the samples first, found " + Arrays.toString(shape));
        }
        int[] dimensions = Arrays.stream(shape)
                .mapToInt(length -> (int) Math.max(0, length))
                .toArray();
        return new ModelInput(only.getKey(), type(file, only.getKey(), tensor.type), dimensions);
    }

    private static ElementType type(Path file, String name, OnnxJavaType type) throws InputException {
        return switch (type) {
            case FLOAT -> ElementType.FLOAT32;
            case DOUBLE -> ElementType.FLOAT64;
            case FLOAT16 -> ElementType.FLOAT16;
            case UINT8 -> ElementType.UINT8;
            case INT8 -> ElementType.INT8;
            case INT32 -> ElementType.INT32;
            case INT64 -> ElementType.INT64;
            case INT16, BOOL, STRING, BFLOAT16, UNKNOWN ->
                throw new InputException(file + ": input " + name + ": expected floats or integers, found " + type);
        };
    }

    private static double roundOff(OrtSession session, OnnxHead head) throws OrtException, InputException {
        double coarsest = SINGLE; // features are handed on in single precision
        for (String name : Set.of(head.features(), head.logits())) {
            NodeInfo node = session.getOutputInfo().get(name);
            OnnxJavaType type =
                    node != null && node.getInfo() instanceof TensorInfo tensor ? tensor.type : OnnxJavaType.UNKNOWN;
            coarsest = Math.max(
                    coarsest,
                    switch (type) {
                        case FLOAT, DOUBLE -> SINGLE;
                        case FLOAT16 -> HALF;
                        case BFLOAT16 -> BRAIN;
                        case INT8, INT16, INT32, INT64, BOOL, STRING, UINT8, UNKNOWN ->
                            throw new InputException(
                                    name + ": expected floats before and after the last layer, found " + type);
                    });
        }
        return coarsest;
    }

    @Override
    public ModelInput input() {
        return input;
    }

    @Override
    public Matrix weights() {
        return head.linear().weights();
    }

    @Override
    public Optional<double[]> bias() {
        return head.linear().bias();
    }

    @Override
    public String head() {
        return head.linear().description();
    }

    @Override
    public double roundOff() {
        return roundOff;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public Outputs run(ByteBuffer samples, long[] shape) throws IOException {
        try (OnnxTensor tensor = tensor(samples, shape);
                OrtSession.Result result =
                        session.run(Map.of(input.name(), tensor), Set.of(head.features(), head.logits()))) {
            float[] features = floats(result, head.features());
            return new Outputs(
                    head.transposed() ? transposed(features, (int) shape[0]) : features, floats(result, head.logits()));
        } catch (OrtException e) {
            throw new InputException(file + ": " + OrtMessage.of(e));
        }
    }

    private OnnxTensor tensor(ByteBuffer samples, long[] shape) throws OrtException {
        return switch (input.type()) {
            case FLOAT32 -> OnnxTensor.createTensor(environment, samples.asFloatBuffer(), shape);
            case FLOAT64 -> OnnxTensor.createTensor(environment, samples.asDoubleBuffer(), shape);
            case FLOAT16 -> OnnxTensor.createTensor(environment, samples.asShortBuffer(), shape, OnnxJavaType.FLOAT16);
            case UINT8 -> OnnxTensor.createTensor(environment, samples, shape, OnnxJavaType.UINT8);
            case INT8 -> OnnxTensor.createTensor(environment, samples, shape, OnnxJavaType.INT8);
            case INT32 -> OnnxTensor.createTensor(environment, samples.asIntBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, samples.asLongBuffer(), shape);
        };
    }

    private static float[] floats(OrtSession.Result result, String name) throws InputException {
        OnnxValue value = result.get(name).orElseThrow();
        if (value instanceof OnnxTensor tensor && tensor.getInfo().type == OnnxJavaType.DOUBLE) {
            double[] doubles = new double[tensor.getDoubleBuffer().remaining()];
            tensor.getDoubleBuffer().get(doubles);
            float[] rounded = new float[doubles.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) doubles[i];
            }
            return rounded;
        }
        FloatBuffer found = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (found == null) {
            throw new InputException(name + ": expected a tensor of floats, found " + value.getInfo());
        }
        float[] floats = new float[found.remaining()];
        found.get(floats);
        return floats;
    }

    /** From a column for each sample to a row for each. */
    private static float[] transposed(float[] columns, int samples) {
        float[] rows = new float[columns.length];
        int d = columns.length / samples;
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < d; j++) {
                rows[i * d + j] = columns[j * samples + i];
            }
        }
        return rows;
    }

    private static void close(Path file, OrtSession session) throws IOException {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IOException(file + ": " + OrtMessage.of(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        close(file, session);
    }
}
