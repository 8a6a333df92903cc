package io.github.collapse4j.cli.landscape;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.hunt.DescentEnd;
import io.github.collapse4j.hunt.Finding;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.io.proof.ProofFile;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.Verification;
import io.github.collapse4j.prover.MinimumProver;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** What was proved about the local minima of a hunt: nothing if no proofs were requested. */
final class HuntProofs {
    private static final int DIGITS = 6;
    private static final int VALUE_DIGITS = 17;

    private final IdentityHashMap<UfmPoint, Outcome> outcomes = new IdentityHashMap<>();

    /** The outcome of one attempt. */
    sealed interface Outcome {
        /** On one line. */
        String text();

        /** Adds it to the minimum. */
        void addTo(JsonObject json);

        /** The proof is in a file, and its theorem holds. */
        record Proved(String file, Theorem.SpuriousLocalMinimum theorem) implements Outcome {
            @Override
            public String text() {
                return "proved: " + file;
            }

            @Override
            public void addTo(JsonObject json) {
                JsonObject proof = new JsonObject();
                proof.addProperty("file", file);
                proof.addProperty("distanceAtMost", above(theorem.distance()));
                proof.addProperty("eigenvaluesAtLeast", below(theorem.eigenvalue(), DIGITS));
                proof.addProperty("valueAtLeast", below(theorem.value(), VALUE_DIGITS));
                proof.addProperty("marginAtLeast", below(theorem.margin(), DIGITS));
                json.add("proof", proof);
            }

            private static BigDecimal below(Interval number, int digits) {
                return new BigDecimal(number.lowerText(digits));
            }

            private static BigDecimal above(Interval number) {
                return new BigDecimal(number.upperText(DIGITS));
            }
        }

        /** The attempt failed, which says nothing about the minimum. */
        record NotProved(String reason) implements Outcome {
            @Override
            public String text() {
                return "not proved: " + reason;
            }

            @Override
            public void addTo(JsonObject json) {
                json.addProperty("notProved", reason);
            }
        }
    }

    /** Of a hunt without proofs. */
    static HuntProofs none() {
        return new HuntProofs();
    }

    /**
     * Proves the local minima above the lowest known point of their problem, and writes a file for each proved one.
     *
     * @param models the model for a factor of the hunt
     * @param factorOf the factor by which a problem's penalties are multiplied
     */
    static HuntProofs of(
            List<ProblemOutcome> hunt,
            DoubleFunction<ExactModel> models,
            List<Double> factorOf,
            Path directory,
            CountProgress progress)
            throws IOException {
        HuntProofs proofs = new HuntProofs();
        long all = hunt.stream().mapToLong(outcome -> minima(outcome).size()).sum();
        for (int p = 0; p < hunt.size(); p++) {
            ProblemOutcome outcome = hunt.get(p);
            int d = outcome.problem().featureDimension();
            double factor = factorOf.get(p);
            ExactModel model = models.apply(factor);
            int number = 0;
            for (Finding finding : minima(outcome)) {
                number++;
                String name = model.lossName() + "-k" + model.classes() + "-d" + d + "-x"
                        + BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString() + "-" + number + ".json";
                proofs.outcomes.put(
                        finding.point(),
                        outcome(model, d, finding.point(), outcome.lowestPoint(), directory.resolve(name)));
                progress.update(proofs.outcomes.size(), all);
            }
        }
        return proofs;
    }

    private static List<Finding> minima(ProblemOutcome outcome) {
        return outcome.others().stream()
                .filter(finding -> finding.end() == DescentEnd.LOCAL_MINIMUM)
                .toList();
    }

    private static Outcome outcome(ExactModel model, int d, UfmPoint point, UfmPoint lower, Path file)
            throws IOException {
        if (d > model.classes()) {
            return new Outcome.NotProved("d > K");
        }
        Proof proof = new MinimumProver(model, d).proof(point, lower);
        Verification verification = proof.verify();
        if (verification instanceof Verification.Proved proved
                && proved.theorem() instanceof Theorem.SpuriousLocalMinimum theorem) {
            ProofFile.write(file, proof);
            return new Outcome.Proved(file.toString(), theorem);
        }
        return new Outcome.NotProved(
                verification instanceof Verification.NotProved failure ? failure.reason() : "another theorem");
    }

    /** The outcome for one of the hunt's findings; empty where nothing was attempted. */
    Optional<Outcome> of(Finding finding) {
        return Optional.ofNullable(outcomes.get(finding.point()));
    }

    boolean isEmpty() {
        return outcomes.isEmpty();
    }

    /** How many minima were proved, in words. */
    String summary() {
        long proved = outcomes.values().stream()
                .filter(Outcome.Proved.class::isInstance)
                .count();
        return proved + " of " + outcomes.size() + (outcomes.size() == 1 ? " local minimum is" : " local minima are")
                + " proved to be spurious.";
    }
}
