package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every one-byte change of a header: whatever is accepted has the same meaning as in NumPy. */
@Tag("heavy")
class NpyHeaderMutationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void acceptsOnlyWhatNumpyAcceptsWithTheSameMeaning(int version) throws IOException {
        Map<String, String> numpy = numpyVerdicts(version);
        byte[] original = Golden.bytes("mutations/original_v" + version + ".npy");
        long dataOffset =
                NpyFile.header(new ByteArrayInputStream(original), "original").dataOffset();
        int accepted = 0;
        for (int position = version == 1 ? 10 : 12; position < dataOffset; position++) {
            for (int value = 0; value < 256; value++) {
                byte[] mutated = original.clone();
                mutated[position] = (byte) value;
                String verdict = numpy.get(position + " " + value);
                try {
                    ArrayHeader header = NpyFile.header(new ByteArrayInputStream(mutated), "mutated");
                    assertEquals(verdict, describe(header), position + " " + value);
                    accepted++;
                } catch (FormatException e) {
                    boolean allowed = verdict == null || isStricter(verdict, value);
                    assertTrue(allowed, position + " " + value + ": " + verdict + " to NumPy, but " + e.getMessage());
                }
            }
        }
        assertTrue(accepted > numpy.size() / 2, "only " + accepted + " accepted");
    }

    /** {@return whether this reader deliberately refuses what NumPy accepts} */
    private static boolean isStricter(String verdict, int value) {
        boolean otherType = !verdict.matches("(\\|[biu]1|[<>][iuf][248]) .*");
        boolean negative = verdict.contains("-");
        boolean punctuationOrStringPrefix = "#+,rRuU".indexOf(value) >= 0;
        boolean repeatedType = value == '1' && verdict.equals("<f8 C 3x4");
        return otherType || negative || punctuationOrStringPrefix || repeatedType;
    }

    private static String describe(ArrayHeader header) {
        return header.dtype().descr()
                + (header.fortranOrder() ? " F " : " C ")
                + header.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static Map<String, String> numpyVerdicts(int version) throws IOException {
        Map<String, String> verdicts = new HashMap<>();
        for (String line : Golden.lines("mutations/accepted_by_numpy.txt")) {
            String[] words = line.split(" ", 4);
            if (words[0].equals(String.valueOf(version))) {
                verdicts.put(words[1] + " " + words[2], words[3]);
            }
        }
        return verdicts;
    }
}
