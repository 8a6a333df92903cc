package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.text.Paragraph;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the terms of a certificate mean. */
final class Glossary {
    private static final Map<String, String> TERMS = new LinkedHashMap<>();

    static {
        add("loss", "The mean loss g of the samples, without penalties.");
        add("loss plus weight decay", "F = g + λ_W/2·‖W‖² + λ_b/2·‖b‖², which the head is trained to minimise.");
        add(
                "λ_W, λ_b",
                "Weight decay of weights and bias. λ_b is --lambda-b if positive, otherwise λ_W, which is an assumption unless"
                        + " --weight-decay is given: the bounds on heads are then none for a bias without a penalty.");
        add(
                "a better head gains",
                "The share of F by which a head that was found for the same features is lower. F is strongly convex, so"
                        + " the best head is unique.");
        add(
                "no head gains more",
                "Certified: F − ‖∇F‖²/(2λ) is below the value of every head, at this head and at each one tried.");
        add("bound at this head", "The same bound from the gradient at this head alone.");
        add(
                "implied λ_W",
                "The weight decay for which these weights are stationary along themselves. At the end of training it is"
                        + " that of the training.");
        add(
                "implied μ",
                "The √(λ_W λ_H) for which the layer is stationary along W H. If it is not positive, these are not the"
                        + " samples, or not the loss, that the layer was trained with.");
        add("λ_W, λ_H", "The penalties of the model: λ_W/2·‖W‖² + λ_H/2·‖H‖², with H the features.");
        add(
                "σ_max(∇g)/μ",
                "The largest singular value of the gradient of the loss by the logits, divided by μ: at most 1 at a global"
                        + " minimum; above 1, a layer of enough dimensions is better.");
        add("residuals", "Gradients by W, H and b relative to the size of their terms: 0 at a stationary layer.");
        add("rank of W", "The number of singular values of W that rounding cannot explain.");
        add("objective", "f = loss plus λ_W/2·‖W‖² + λ_H/2·‖H‖².");
        add("global minimum", "The smallest f of any layer with these class sizes and penalties, certified.");
        add("lower bound", "Certified: no layer with these class sizes and penalties has a smaller f.");
        add("certified gap", "The share of f that exceeds the bound.");
        add("within classes", "Saved by the best features for this head: spread plus placement.");
        add("spread", "Saved by moving every feature to its class mean.");
        add("placement", "Saved by moving the class means to their best position for this head.");
        add("between classes", "The rest, in the head itself: directions and norms of its weights.");
        add("offset", "Share of ‖H‖² that is one common vector, which the head cannot tell from a bias.");
        add("unseen", "Share of ‖H‖² that changes no prediction: it is orthogonal to all differences of W's rows.");
        add("within", "Share of ‖H‖² that the head sees and that varies within the classes.");
        add("signal", "Share of ‖H‖² that distinguishes the class means.");
    }

    private Glossary() {}

    private static void add(String term, String meaning) {
        TERMS.put(term, meaning);
    }

    /** Terms and their meanings, in the order of the report. */
    static Map<String, String> terms() {
        return Collections.unmodifiableMap(TERMS);
    }

    static String text() {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        Paragraph.line(text, "Terms");
        TERMS.forEach((term, meaning) -> Paragraph.append(text, term + ": " + meaning));
        return text.toString();
    }
}
