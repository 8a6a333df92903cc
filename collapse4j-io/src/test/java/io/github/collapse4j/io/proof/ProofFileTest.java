package io.github.collapse4j.io.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of docs/proof-format.md, which is part of every proof. */
class ProofFileTest {
    @TempDir
    private Path directory;

    static Stream<String> examples() {
        return Stream.of(Examples.NAMES);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsProvedAndWrittenAsItWasRead(String name) throws IOException {
        String text = Examples.text(name);
        Proof proof = ProofReader.read(name, text);
        assertInstanceOf(Verification.Proved.class, proof.verify());
        Path file = directory.resolve("proof.json");
        ProofFile.write(file, proof);
        assertInstanceOf(Verification.Proved.class, ProofFile.read(file).verify());
        assertEquals(ProofWriter.text(proof), Files.readString(file));
    }

    /** Passages of examples with the loss of a training, and what makes them no proof files any more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trained-global              | 'smoothing': '1/10'       | 'smoothing': '1'",
                "trained-global              | 'smoothing': '1/10'       | 'smoothing': '-1/10'",
                "trained-global              | 'smoothing': '1/10'       | 'smoothing': '0.1'",
                "trained-global              | 'logitAdjustment': '-1/2' | 'logitAdjustment': '-0'",
                "trained-global              | 'logitAdjustment': '-1/2' | 'logitAdjustment': '--1/2'",
                "trained-global              | 'margins': [              | 'margins': ['0', ",
                "trained-global              | 'margins': ['             | 'margins': ['-",
                "trained-global              | 'classWeights': ['1'      | 'classWeights': ['0'",
                "trained-global              | 'classWeights':           | 'positiveWeights': ['1', '1', '1'], 'classWeights':",
                "trained-global              | trained-cross-entropy     | cross-entropy",
                "trained-global              | trained-cross-entropy     | binary-cross-entropy",
                "trained-global              | global-minimum            | grouped-global-minimum",
                "binary-global               | 'positiveWeights': [      | 'positiveWeights': ['1', ",
                "binary-global               | 'positiveWeights'         | 'margins'",
                "binary-global               | binary-cross-entropy      | sigmoid",
                "trained-bound-squared-error | trained-squared-error     | squared-error",
                "trained-bound-squared-error | 'smoothing'               | 'logitAdjustment': '0', 'smoothing'",
            })
    void lossesOfATrainingHaveExactlyTheirParameters(String example, String passage, String replacement) {
        String text = Examples.text(example);
        String quoted = passage.replace('\'', '"');
        assertTrue(text.contains(quoted), quoted);
        String changed = text.replace(quoted, replacement == null ? "" : replacement.replace('\'', '"'));
        assertThrows(InputException.class, () -> ProofReader.read(example, changed));
    }

    /** A passage of the example of a minimum, and what makes it no proof file any more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'collapse4j-proof/1'    | 'collapse4j-proof/2'",
                "'collapse4j-proof/1'    | 'collapse4j-proof/1 '",
                "spurious-local-minimum  | spurious-minimum",
                "spurious-local-minimum  | global-lower-bound",
                "'format':               | 'format': 'collapse4j-proof/1', 'format':",
                "'format':               | 'f\\u006frmat': 'collapse4j-proof/1', 'format':",
                "'theorem':              | 'proof': 'yes', 'theorem':",
                "'theorem':              | 'note': 7, 'theorem':",
                "'theorem':              | 'note': null, 'theorem':",
                "'loss':                 | 'loss': 'cross-entropy', 'loss':",
                "cross-entropy           | Cross-entropy",
                "cross-entropy           | hinge",
                "'bias': 'free'          | 'bias': 'free', 'lambdaB': '1/10'",
                "'bias': 'free'          | 'bias': 'none', 'lambdaB': '1/10'",
                "'bias': 'free'          | 'bias': 'free', 'lambdaB': '-1/10'",
                "'bias': 'free'          | 'bias': 'regularised'",
                "'bias': 'free'          | 'bias': 'none'",
                "'bias': 'free'          | 'bias': true",
                "'bias': 'free'          | 'bias': 'free', 'note': 'inside'",
                "[9, 5, 2]               | [9, 5]",
                "[9, 5, 2]               | [9, 5, 2, 2]",
                "[9, 5, 2]               | [9, 5, 0]",
                "[9, 5, 2]               | [9, 5, -2]",
                "[9, 5, 2]               | [9, 5, 2.0]",
                "[9, 5, 2]               | [9, 5, 2e0]",
                "[9, 5, 2]               | [9, 5, 02]",
                "[9, 5, 2]               | [9, 5, +2]",
                "[9, 5, 2]               | [9, 5, 1000000000]",
                "[9, 5, 2]               | [9, 5, '2']",
                "[9, 5, 2]               | [9, 5, 2,]",
                "[9, 5, 2]               | [9, 5, NaN]",
                "[9, 5, 2]               | [9]",
                "[9, 5, 2]               | []",
                "[9, 5, 2]               | [[9, 5, 2]]",
                "'d': 1                  | 'd': 0",
                "'d': 1                  | 'd': 4",
                "'d': 1                  | 'd': 2",
                "'d': 1                  | 'd': '1'",
                "'d': 1                  | 'd': 1, 'dim': 1",
                "'1/250'                 | '-1/250'",
                "'1/250'                 | '0'",
                "'1/250'                 | '0/250'",
                "'1/250'                 | '1/0'",
                "'1/250'                 | '1/-250'",
                "'1/250'                 | '0.004'",
                "'1/250'                 | '1/250 '",
                "'1/250'                 | '1/250\\n'",
                "'1/250'                 | '١/250'",
                "'1/250'                 | '01/250'",
                "'1/250'                 | '1/0250'",
                "'1/250'                 | 1",
                "0x1.ba690ca6d10ccp1     | 0x1.ba690ca6d10cccp1",
                "0x1.ba690ca6d10ccp1     | 0x1.BA690CA6D10CCp1",
                "0x1.ba690ca6d10ccp1     | 0X1.ba690ca6d10ccp1",
                "0x1.ba690ca6d10ccp1     | 0x2.ba690ca6d10ccp1",
                "0x1.ba690ca6d10ccp1     | 0x1.ba690ca6d10ccp01",
                "0x1.ba690ca6d10ccp1     | 0x1.ba690ca6d10ccp41",
                "0x1.ba690ca6d10ccp1     | 0x1.ba690ca6d10ccp1024",
                "0x1.ba690ca6d10ccp1     | 0x1.ba690ca6d10ccp99999999999",
                "0x1.ba690ca6d10ccp1     | 0x1.ba690ca6d10ccp",
                "0x1.ba690ca6d10ccp1     | 0x1.p1",
                "0x1.ba690ca6d10ccp1     | +0x1.ba690ca6d10ccp1",
                "'0x1.ba690ca6d10ccp1'   | '0x1.ba690ca6d10ccp1 '",
                "0x1.ba690ca6d10ccp1     | 0x1.ba690ca6d10ccp1\\n",
                "0x1.ba690ca6d10ccp1     | 0x1.ba690ca6d10ccp1d",
                "0x1.ba690ca6d10ccp1     | 0x0.0p0",
                "0x1.ba690ca6d10ccp1     | 0x0.8p-1023",
                "0x1.ba690ca6d10ccp1     | 3.4563",
                "0x1.ba690ca6d10ccp1     | NaN",
                "0x1.ba690ca6d10ccp1     | Infinity",
                "'0x1.10e89ep-15'        | '-0x1.10e89ep-15'",
                "'0x1.10e89ep-15'        | '0x1.10e89ep1'",
                "'0x1.10e89ep-15'        | '0x1.0p-1001'",
                "'0x1.10e89ep-15'        | '0x0.0p+0'",
                "'gaugeWeight': '1/1000' | 'gaugeWeight': '-1/1000'",
                "'gaugeWeight': '1/1000' | 'gaugeWeight': '0x1.0p-10'",
                "'b': ['0x1.4a           | 'c': [], 'b': ['0x1.4a",
                "'W': [['0x1.ba690ca6d10ccp1'] | 'W': ['0x1.ba690ca6d10ccp1'",
                "'W': [['0x1.ba690ca6d10ccp1'] | 'W': [['0x1.ba690ca6d10ccp1', '0x0.0p+0']",
                "'W': [['0x1.ba690ca6d10ccp1'], | 'W': [",
                "'sigma'                 | 'Sigma'",
            })
    void whateverElseIsRefused(String passage, String instead) {
        assertRefused(replaced("minimum", passage, instead));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "7",
                "\"text\"",
                "null",
                "{}",
                "{\"format\":}",
                "{\"format\" \"x\"}",
                "{,}",
                "[1 2]"
            })
    void whatIsNoProofAtAllIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void nothingComesBesideTheObject() {
        String text = Examples.text("minimum");
        for (String more : new String[] {"{}", "x", ",", "\0", "\u00a0", "// comment"}) {
            assertRefused(text + more);
        }
        assertRefused("\ufeff" + text);
        assertRefused("/* */" + text);
        assertRefused(text.substring(0, text.lastIndexOf('}')));
    }

    @Test
    void depthIsLimited() {
        assertRefused("[".repeat(100_000));
        assertRefused("{\"note\":".repeat(100_000));
    }

    @Test
    void textsWithEscapesAreReadAsWhatTheyMean() throws IOException {
        String noted = replaced("minimum", "'theorem':", "'n\\u006fte': 'an \\u00e9, a \\\\ and a \\/', 'theorem':");
        assertInstanceOf(
                Verification.Proved.class, ProofReader.read("noted", noted).verify());
        assertRefused(replaced("minimum", "'theorem':", "'note': 'a \\x', 'theorem':"));
        assertRefused(replaced("minimum", "'theorem':", "'note': '\\u00g0', 'theorem':"));
        assertRefused(replaced("minimum", "'theorem':", "'note': 'a\tb', 'theorem':"));
    }

    @Test
    void doublesOfBothLanguagesAreRead() throws IOException {
        String python = replaced("minimum", "'0x1.10e89ep-15'", "'0x1.10e89e0000000p-15'");
        assertInstanceOf(
                Verification.Proved.class, ProofReader.read("python", python).verify());
        for (String zero :
                new String[] {"0x0.0p+0", "0x0p+0", "0x0.0p-1022", "-0x0.0000000000000p-1022", "0x0.0000000000001p-1022"
                }) {
            assertTrue(HexDouble.parse(zero).isPresent(), zero);
        }
        assertEquals(
                Double.MIN_VALUE, HexDouble.parse("0x0.0000000000001p-1022").getAsDouble());
        assertEquals(-0x1.8p-1022, HexDouble.parse("-0x1.8p-1022").getAsDouble());
        assertEquals(0x1p40, HexDouble.parse("0x1p+40").getAsDouble());
        for (double number : new double[] {0, 1, -1.5, Math.PI, 1e-300, Double.MIN_VALUE, -Double.MIN_NORMAL}) {
            assertEquals(number, HexDouble.parse(HexDouble.text(number)).getAsDouble());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bound | 'scale': '0x1.0p0' | 'scale': '0x1.1p0'",
                "bound | 'scale': '0x1.0p0' | 'scale': '-0x1.0p-3'",
                "bound | 'scale': '0x1.0p0' | 'scale': '0x1.0p0', 'own': []",
                "bound | 'q': [[ | 'q': [[], [",
                "bound | 'q': [[ | 'q': [['0x1.0p-1', ",
                "bound | 'q': [['0x0.0p+0' | 'q': [['0x1.0p1'",
                "bound | 'q': [['0x0.0p+0' | 'q': [['-0x1.0p-9'",
                "bound | 'counts': [9 | 'd': 2, 'counts': [9",
                "bound | 'q' | 'residuals'",
                "bound | cross-entropy | squared-error",
                "bound | 'counts': [9, 5, 2, 2] | 'groups': [[1, 9], [1, 5], [2, 2]]",
                "grouped | [900000, 1000] | [0, 1000]",
                "grouped | [900000, 1000] | [900000, 0]",
                "grouped | [900000, 1000] | [900000]",
                "grouped | [900000, 1000] | [900000, 1000, 1]",
                "grouped | [[900000, 1000], [100000, 5]] | [[900000, 1000]]",
                "grouped | grouped-global-lower-bound | global-lower-bound",
                "global | 'width': ' | 'width': '-",
                "two-simplices | [6, 20] | [5, 20]",
                "two-simplices | [6, 20] | [20, 6]",
                "two-simplices | [6, 20] | [6, 1001]",
                "two-simplices | [6, 20] | [6]",
                "two-simplices | 3/10 | 1",
                "two-simplices | 3/10 | 11/10",
                "saddle | 'rank': 2 | 'rank': 0",
                "saddle | 'rank': 2 | 'rank': 3",
                "saddle | 'rank': 2 | 'rank': 5",
                "saddle | 'direction' | 'lower'",
            })
    void soItIsInOtherTheorems(String example, String passage, String instead) {
        assertRefused(replaced(example, passage, instead));
    }

    @Test
    void columnsThatAddUpToMoreThanOneAreNotProved() throws IOException {
        String text = replaced("bound", "'q': [['0x0.0p+0', '", "'q': [['0x0.0p+0', '0x1.0p0', '");
        String without = text.replaceFirst("\"0x1.0p0\", \"[^\"]*\"", "\"0x1.0p0\"");
        Verification verification = ProofReader.read("bound", without).verify();
        Verification.NotProved failed = assertInstanceOf(Verification.NotProved.class, verification);
        assertTrue(failed.reason().contains("more than 1"), failed::reason);
    }

    @Test
    void complaintsAreOneLineWithThePlace() {
        InputException e = assertThrows(
                InputException.class,
                () -> ProofReader.read("run.json", replaced("minimum", "[9, 5, 2]", "[9, 5, '2']")));
        assertEquals("run.json: model.counts[2]: expected an integer from 1 to 999999999, found \"2\"", e.getMessage());
    }

    @Test
    void filesThatAreNoUtf8AreRefused() throws IOException {
        Path file = directory.resolve("latin.json");
        Files.write(
                file,
                Examples.text("minimum")
                        .replace("\"theorem\"", "\"note\": \"\u00e9\", \"theorem\"")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(InputException.class, () -> ProofFile.read(file));
    }

    /** With ' for ". */
    private static String replaced(String example, String passage, String instead) {
        String text = Examples.text(example);
        String from = passage.replace('\'', '"');
        assertTrue(text.contains(from), () -> example + " has no " + from);
        int at = text.indexOf(from);
        return text.substring(0, at) + instead.replace('\'', '"') + text.substring(at + from.length());
    }

    private static void assertRefused(String text) {
        InputException e = assertThrows(InputException.class, () -> ProofReader.read("a.json", text), text);
        String message = String.valueOf(e.getMessage());
        assertFalse(message.contains("\n"), message);
        assertTrue(message.startsWith("a.json: "), message);
    }
}
