package io.github.collapse4j.io.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.ArrayFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that would run code, loop or exhaust memory where they are loaded. Each is refused in one line. */
class HostilePickleTest {
    private static final String STORAGE =
            "\u0080\u0002(X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\0" + "0X\u0003\0\0\0cpuK\4tQ";

    @TempDir
    private Path directory;

    /** A pickle, in Latin-1, and what the message must name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cos\\nsystem\\n(S'id'\\ntR. | os.system, which is not executed",
                "cposix\\nsystem\\n(S'id'\\ntR. | posix.system, which is not executed",
                "c__builtin__\\neval\\n(S'1'\\ntR. | __builtin__.eval",
                "\\x80\\x04\\x8c\\x08builtins\\x8c\\x04eval\\x93\\x8c\\x011\\x85R. | builtins.eval",
                "\\x80\\x04\\x8c\\x08builtins\\x94\\x8c\\x04exec\\x94h\\x00h\\x01\\x93\\x8c\\x011\\x85R. | builtins.exec",
                "ccollections\\nOrderedDict\\n(cos\\nsystem\\n(S'id'\\ntRtR. | os.system",
                "ctorch._utils\\n_rebuild_tensor_v2\\n(csubprocess\\nPopen\\n(S'id'\\ntRtR. | subprocess.Popen",
                "ctorch\\nload\\n(S'/tmp/x'\\ntR. | torch.load",
                "ctorch.hub\\nload\\n(S'x'\\ntR. | torch.hub.load",
                "ctorch.storage\\n_load_from_bytes\\n(S'x'\\ntR. | torch.storage._load_from_bytes",
                "cnumpy.core.multiarray\\nscalar.x\\n. | numpy.core.multiarray.scalar.x",
                "ctorch\\nFloatStorage.__init__\\n. | torch.FloatStorage.__init__",
                "(S'id'\\nios\\nsystem\\n. | INST, which creates an object of any class",
                "(cos\\nsystem\\nS'id'\\no. | os.system",
                "(S'x'\\nS'id'\\no. | OBJ, which creates an object of any class",
                "\\x80\\x04)}\\x92. | NEWOBJ_EX",
                "\\x80\\x02\\x82\\x01. | EXT",
                "P0\\n. | PERSID",
                "\\x80\\x05\\x97. | a buffer outside the file",
                "S'a'\\nS'b'\\n\\x86R. | 2 values on the stack",
                "S'a'\\n)R. | a call by name",
                "ctorch\\nFloatStorage\\n)R. | torch.FloatStorage",
                "ccollections\\nOrderedDict\\n)R}b0. | a value on the stack",
                "h\\x05. | number 5, which is none",
                "S'a'\\nS'b'\\nb. | an object with attributes",
                "). | no tensors",
                "K\\x01Q. | a storage outside the pickle",
                "t. | a mark on the stack",
                "}(K\\x01u. | keys with values, found a key alone",
                "X\\xff\\xff\\xff\\x7f. | 2147483647 bytes",
                "\\x8d\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff. | -1 bytes",
                "\\x8b\\xff\\xff\\xff\\x7f. | 64 bytes, found 2147483647 bytes",
                "I999999999999999999999999999999999999999999999999999999999999999999999999\\n. | a decimal integer",
                "\\x00. | the byte 0x00"
            })
    void isRefusedByName(String pickle, String named) throws IOException {
        for (Path file : List.of(zipped(bytes(pickle)), legacy(bytes(pickle)))) {
            String message = refusal(file.toString());
            assertTrue(message.startsWith(file.toString()), message);
            assertTrue(message.contains(named), () -> message + " names " + named);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a list that contains itself
                "]q\\x00h\\x00a.",
                // a dictionary that is its own value and key
                "}q\\x00h\\x00h\\x00s.",
            })
    void endsOnCycles(String pickle) throws IOException {
        assertTrue(refusal(zipped(bytes(pickle)).toString()).contains("no tensors"));
    }

    /** 2^40 paths lead to one tensor. */
    @Test
    void searchesSharedContainersOnce() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(bytes("]"));
        for (int i = 0; i < 40; i++) {
            pickle.writeBytes(bytes("2\\x86"));
        }
        pickle.writeBytes(bytes("."));
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertTrue(
                        refusal(zipped(pickle.toByteArray()).toString()).contains("no tensors")));
    }

    @Test
    void endsOnDeepNesting() throws IOException {
        byte[] deep = bytes("]" + "\\x85".repeat(1_000_000) + ".");
        assertTrue(refusal(zipped(deep).toString()).contains("no tensors"));
    }

    /** A deflated member of a few kB that unpacks to instructions without end. */
    @ParameterizedTest
    @ValueSource(strings = {"]", "("})
    void refusesABomb(String instruction) throws IOException {
        String message = refusal(zipped(bytes(instruction.repeat(2_100_000))).toString());
        assertTrue(message.contains("at most 2097152 instructions, found more"), message);
    }

    /** Small files whose values grow by being used repeatedly. */
    @Test
    void refusesRepetitions() throws IOException {
        String tensor = "ctorch._utils\\n_rebuild_tensor\\n(" + STORAGE.substring(2) + "K\\x00";
        String one = tensor + "(K\\x01t(K\\x01ttR";
        String key = "V" + "k".repeat(4000) + "\\nq\\x00" + "0";
        String copies =
                "(" + "N".repeat(100_000) + "lq\\x00" + "0(" + "cbuiltins\\nlist\\nh\\x00\\x85R".repeat(30) + "l.";
        String pairs = copies.replace("builtins\\nlist", "collections\\nOrderedDict");
        String sizes = "(" + "K\\x01".repeat(65) + "t";
        Map<String, String> refused = Map.of(
                key + "}h\\x00".repeat(60) + ("(" + one.repeat(100) + "t") + "s".repeat(60) + ".",
                "names of tensors: expected at most 16777216 characters, found more",
                copies,
                "at most 2097152 entries in copies of lists, found more",
                pairs,
                "at most 2097152 entries in copies of lists, found more",
                tensor + sizes + sizes + "tR.",
                "at most 64 dimensions, found 65");
        for (Map.Entry<String, String> entry : refused.entrySet()) {
            String message = refusal(zipped(bytes(entry.getKey())).toString());
            assertTrue(message.contains(entry.getValue()), message);
        }
    }

    @Test
    void refusesTensorsBeyondTheirStorage() throws IOException {
        String[] views = {
            "K\\x01(K\\x02K\\x02t(K\\x02K\\x01t", // one element too far
            "K\\x00(\\x8a\\x08\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7ft(K\\x01t", // 2^63−1 elements
            "K\\x00(J\\xff\\xff\\xff\\x7fJ\\xff\\xff\\xff\\x7ft(K\\x00K\\x00t", // all of them the same one
            "\\x8a\\x08\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f(K\\x01t(K\\x01t", // far away
            "K\\x00(K\\x02t(\\x8a\\x08\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7ft", // far apart
        };
        for (String view : views) {
            String pickle = "ctorch._utils\\n_rebuild_tensor\\n(" + STORAGE.substring(2) + view + "tR.";
            Path file = zipped(bytes(pickle));
            String message = refusal(file.toString());
            assertTrue(message.contains("shape") || message.contains("strides") || message.contains("offset"), message);
        }
    }

    private static String refusal(String location) {
        String message = String.valueOf(
                assertThrows(IOException.class, () -> ArrayFile.open(location)).getMessage());
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private Path zipped(byte[] pickle) throws IOException {
        Path file = Files.createTempFile(directory, "zipped", ".pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "archive/data.pkl", pickle);
            put(zip, "archive/data/0", new byte[16]);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
    }

    private Path legacy(byte[] pickle) throws IOException {
        Path file = Files.createTempFile(directory, "legacy", ".pt");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes("\\x80\\x02\\x8a\\x0al\\xfc\\x9cF\\xf9 j\\xa8P\\x19.\\x80\\x02M\\xe9\\x03.\\x80\\x02}."));
            out.write(pickle);
            out.write(bytes("\\x80\\x02]."));
        }
        return file;
    }

    /** Bytes of a text with Python's escapes {@code \n} and {@code \x80}. */
    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else if (text.startsWith("\\n", i)) {
                bytes.write('\n');
                i++;
            } else {
                bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return bytes.toByteArray();
    }
}
