package io.github.collapse4j.cosine;

/** Weights or samples that no cosine head can have: a vector without direction, or a class without samples. */
public final class CosineInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    CosineInputException(String message) {
        super(message);
    }
}
