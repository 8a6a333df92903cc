package io.github.collapse4j.io.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.Verification;
import io.github.collapse4j.prover.Translation;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proofs with one or two fields changed are refused, not proved, or prove something that is true of the changed model: what is
 * claimed then is compared with values and minima in doubles.
 */
@Tag("heavy")
class ProofMutationTest {
    private static final int MUTATIONS = 250;
    private static final double TOLERANCE = 1e-9;

    static Stream<String> examples() {
        return Stream.of(Examples.NAMES).filter(name -> !name.equals("two-simplices"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void changedProofsAreRefusedOrTrue(String example) {
        Random random = new Random(example.hashCode());
        int proved = 0;
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            JsonObject root = JsonParser.parseString(Examples.text(example)).getAsJsonObject();
            mutate(root, random);
            if (random.nextInt(4) == 0) {
                mutate(root, random);
            }
            String text = root.toString();
            try {
                Proof proof = ProofReader.read("mutated", text);
                if (proof.verify() instanceof Verification.Proved truth) {
                    proved++;
                    assertTrue(isTrue(proof, truth.theorem()), text);
                }
            } catch (InputException e) {
                refused++;
            }
        }
        // Most changes of grammar are refused; hints and last digits may change without harm.
        assertTrue(refused > MUTATIONS / 4, example + ": refused " + refused);
        assertTrue(proved < MUTATIONS / 2, example + ": proved " + proved);
    }

    /** Walks down to a random member and changes it. */
    private static void mutate(JsonElement element, Random random) {
        if (element instanceof JsonObject object) {
            List<String> names = new ArrayList<>(object.keySet());
            if (names.isEmpty()) {
                return;
            }
            String name = names.get(random.nextInt(names.size()));
            JsonElement value = object.get(name);
            if (random.nextInt(8) == 0) {
                object.remove(name);
                if (random.nextBoolean()) {
                    object.add(name + "x", value);
                }
            } else if (value.isJsonPrimitive()) {
                object.add(name, changed(value.getAsJsonPrimitive(), random));
            } else {
                mutate(value, random);
            }
        } else if (element instanceof JsonArray array && array.size() > 0) {
            int at = random.nextInt(array.size());
            int kind = random.nextInt(12);
            if (kind == 0) {
                array.remove(at);
            } else if (kind == 1) {
                array.add(array.get(at));
            } else if (kind == 2) {
                JsonElement other = array.get(random.nextInt(array.size()));
                array.set(random.nextInt(array.size()), array.get(at));
                array.set(at, other);
            } else if (array.get(at).isJsonPrimitive()) {
                array.set(at, changed(array.get(at).getAsJsonPrimitive(), random));
            } else {
                mutate(array.get(at), random);
            }
        }
    }

    private static JsonElement changed(JsonPrimitive value, Random random) {
        if (value.isNumber()) {
            int number = value.getAsInt();
            Object[] choices = {number + 1, number - 1, 0, -number, number * 10, number + 0.5, Integer.toString(number)
            };
            Object choice = choices[random.nextInt(choices.length)];
            return choice instanceof Number n ? new JsonPrimitive(n) : new JsonPrimitive((String) choice);
        }
        String text = value.getAsString();
        if (text.contains("0x")) {
            double number = HexDouble.parse(text).orElse(1);
            double[] choices = {
                -number,
                2 * number,
                number / 2,
                Math.nextUp(number),
                Math.nextDown(number),
                number * (1 + 1e-8),
                number * (1 + 1e-3),
                number + 1,
                0,
                1,
                0x1p40,
                Double.MIN_VALUE
            };
            return switch (random.nextInt(6)) {
                case 0 -> new JsonPrimitive(Double.toString(number));
                case 1 -> new JsonPrimitive(text + "0");
                default -> new JsonPrimitive(HexDouble.text(choices[random.nextInt(choices.length)]));
            };
        }
        String[] choices = {
            "-" + text,
            text + " ",
            "1" + text,
            text + "1",
            "",
            "free",
            "none",
            "regularised",
            "cross-entropy",
            "squared-error",
            "1/3",
            "7",
            "1e-3",
            text.toUpperCase(java.util.Locale.ROOT)
        };
        return new JsonPrimitive(choices[random.nextInt(choices.length)]);
    }

    private static boolean isTrue(Proof proof, Theorem theorem) {
        if (theorem instanceof Theorem.SpuriousLocalMinimum claim
                && proof instanceof Proof.SpuriousLocalMinimum given) {
            UfmModel model = UfmModel.reduced(Translation.problem(claim.model(), claim.d()));
            double value = model.value(Translation.point(given.point()));
            return isNear(value, claim.value())
                    && model.value(Translation.point(given.lower()))
                            <= claim.lowerValue().approximately() + TOLERANCE
                    && claim.margin().isPositive()
                    && claim.eigenvalue().isPositive();
        }
        if (theorem instanceof Theorem.StrictSaddle claim && proof instanceof Proof.StrictSaddle given) {
            UfmModel model = UfmModel.reduced(Translation.problem(claim.model(), claim.rank()));
            return isNear(model.value(Translation.point(given.point())), claim.value())
                    && claim.curvature().negate().isPositive();
        }
        if (theorem instanceof Theorem.GlobalLowerBound claim) {
            return claim.bound().approximately()
                    <= minimum(claim.model(), (int) claim.model().classes()) + TOLERANCE;
        }
        if (theorem instanceof Theorem.GlobalMinimum claim) {
            double minimum = minimum(claim.model(), claim.d());
            return claim.minimum().lower().approximately() <= minimum + TOLERANCE
                    && minimum - TOLERANCE <= claim.minimum().upper().approximately();
        }
        return false;
    }

    private static boolean isNear(double value, Interval interval) {
        return Math.abs(value - interval.approximately()) <= TOLERANCE * (1 + Math.abs(value));
    }

    private static double minimum(ExactModel model, int d) {
        return new GlobalSolver(SolveOptions.defaults())
                .solve(Translation.problem(model, d))
                .objective();
    }
}
