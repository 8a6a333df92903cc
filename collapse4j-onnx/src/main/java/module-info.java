import io.github.collapse4j.io.extract.ModelFormat;
import io.github.collapse4j.onnx.OnnxFormat;

/** Runs ONNX models with ONNX Runtime. */
@SuppressWarnings("requires-automatic") // ONNX Runtime has a module name but no descriptor
module io.github.collapse4j.onnx {
    requires com.microsoft.onnxruntime;
    requires io.github.collapse4j.core;
    requires io.github.collapse4j.io;
    requires static org.jspecify;

    provides ModelFormat with
            OnnxFormat;
}
