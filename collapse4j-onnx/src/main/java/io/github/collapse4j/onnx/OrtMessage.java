package io.github.collapse4j.onnx;

import ai.onnxruntime.OrtException;

/** What ONNX Runtime says, without its own source files and error codes. */
final class OrtMessage {
    private static final int MAX_LENGTH = 400;

    private OrtMessage() {}

    static String of(OrtException e) {
        String text = String.valueOf(e.getMessage())
                .replaceAll("Error code - \\w+ - message: ", "")
                .replaceAll("\\S*\\.(cc|h):\\d+ (\\S+\\([^)]*\\)|\\S+)?", "")
                .replaceAll("\\s+", " ")
                .strip();
        String message = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return "ONNX Runtime cannot run it: " + message;
    }
}
