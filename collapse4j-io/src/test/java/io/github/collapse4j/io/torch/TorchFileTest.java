package io.github.collapse4j.io.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ArrayFile.Role;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.io.Resource;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote (generate_torch_golden.py). */
class TorchFileTest {
    @TempDir
    private Path directory;

    private String golden(String name) throws IOException {
        return Resource.copy("torch/" + name, directory).toString();
    }

    private static double[] entries(String location) throws IOException {
        try (NumericMatrix matrix = ArrayFile.open(location).matrix()) {
            double[] entries = new double[(int) (matrix.rows() * matrix.columns())];
            matrix.readRows(0, (int) matrix.rows(), entries);
            return entries;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"types.pt", "types-legacy.pt", "types-big.pt", "types-big-legacy.pt"})
    void readsEveryTypeInEveryFormat(String name) throws IOException {
        String file = golden(name);
        for (String type : List.of("U8", "BOOL", "I8", "I16", "I32", "I64", "F16", "BF16", "F32", "F64")) {
            double[] expected = new double[15];
            for (int i = 0; i < 15; i++) {
                int row = i / 5;
                int column = i % 5;
                double ramp = 10 * row + column;
                expected[i] = switch (type.charAt(0)) {
                    case 'U' -> ramp;
                    case 'B' -> type.equals("BOOL") ? (row + column) % 2 : ramp + 0.25;
                    case 'I' -> ramp - 7;
                    default -> ramp + 0.25;
                };
            }
            assertArrayEquals(expected, entries(file + ":" + type), type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pt", "views-legacy.pt"})
    void readsViewsOfOneStorage(String name) throws IOException {
        String file = golden(name);
        double[] transposed = new double[24];
        double[] everySecond = new double[12];
        for (int i = 0; i < 24; i++) {
            transposed[i] = i % 4 * 6 + i / 4;
            everySecond[i / 2] = i % 2 == 0 ? i : everySecond[i / 2];
        }
        assertArrayEquals(transposed, entries(file + ":transposed"));
        assertArrayEquals(everySecond, entries(file + ":every-second"));
        assertArrayEquals(new double[] {7, 8, 9, 10, 11, 12, 13, 14}, entries(file + ":shifted"));
        assertArrayEquals(new double[] {3, 3, 3, 3, 3, 3}, entries(file + ":expanded"));
        assertArrayEquals(new double[0], entries(file + ":empty"));
        assertEquals(List.of(), ArrayFile.open(file + ":number").header().shape());
        assertEquals(
                List.of(4L, 2L, 3L),
                ArrayFile.open(file + ":reversed-axes").header().shape());
        String complex = refusal(file + ":complex");
        assertTrue(complex.contains("torch.ComplexFloatStorage"), complex);
    }

    @Test
    void namesATensorByItsFile() throws IOException {
        String file = golden("features.pt");
        assertEquals(file + "!features", ArrayFile.open(file, Role.FEATURES).name());
        assertEquals(23, entries(file)[23]);
    }

    @Test
    void findsFeaturesAndLabelsInADictionary() throws IOException {
        String file = golden("run.pt");
        LayerFiles found = LayerFiles.find(file, new LayerFiles.Given(null, null, null));
        assertEquals(file + ": features = features (6×4), labels = labels (6), no weights", found.description());
    }

    @ParameterizedTest
    @CsvSource({
        "checkpoint.pth.tar, state_dict.module.fc2.weight",
        "checkpoint-legacy.pth.tar, state_dict.module.fc2.weight",
        "nested-legacy.pth, net.module.fc2.weight"
    })
    void readsNestedCheckpoints(String name, String weights) throws IOException {
        double[] expected = new double[18];
        for (int i = 0; i < 18; i++) {
            expected[i] = i;
        }
        assertArrayEquals(expected, entries(golden(name) + ":" + weights));
    }

    @Test
    void readsParameters() throws IOException {
        assertArrayEquals(new double[] {0, 1, 2}, entries(golden("parameters.pth") + ":fc2.bias"));
    }

    @Test
    void refusesAWholeModelByTheNameOfItsClass() throws IOException {
        String message = refusal(golden("whole-model.pt"));
        assertTrue(message.contains("found torch.nn.modules.container.Sequential, which is not executed"), message);
    }

    @Test
    void refusesTorchScript() throws IOException {
        String message = refusal(golden("script.pt"));
        assertTrue(message.contains("a TorchScript archive: torch.save(torch.jit.load("), message);
    }

    @Test
    void readsAModelMadeByOthers() throws IOException {
        String file = Resource.copy("models/mindmapper.pth", directory).toString();
        double[] weights = entries(file + ":fc2.weight");
        assertEquals(10 * 128, weights.length);
        assertEquals(-0.047126419842243195, weights[0]);
        assertEquals(0.009814776480197906, weights[1279]);
    }

    private static String refusal(String location) {
        String message = String.valueOf(assertThrows(FormatException.class, () -> ArrayFile.open(location))
                .getMessage());
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
