package io.github.collapse4j.io.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "names are compared with slashes in them")
class LocationsTest {
    @TempDir
    private Path directory;

    private List<String> of(String text) throws IOException {
        return Locations.of(text.replace("@", directory.toString())).stream()
                .map(name -> name.replace(directory.toString(), "@"))
                .toList();
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    @Test
    void keepsTheOrderOfAList() throws IOException {
        assertEquals(List.of("b.npy", "a.npz:x", "-"), of("b.npy,a.npz:x,-"));
    }

    @Test
    void sortsMatchesNaturally() throws IOException {
        touch("p-10.npy", "p-9.npy", "p-009.npy", "p-.npy", "p-9b.npy", "p-99999999999999999999.npy", "q.npy");
        assertEquals(
                List.of(
                        "@/p-009.npy",
                        "@/p-9.npy",
                        "@/p-9b.npy",
                        "@/p-10.npy",
                        "@/p-99999999999999999999.npy",
                        "@/p-.npy"),
                of("@/p-*.npy"));
    }

    @Test
    void matchesDirectoriesAndArraysInside() throws IOException {
        touch("epoch2/run.npz", "epoch10/run.npz", "epoch3/other.npz", "epoch1");
        assertEquals(List.of("@/epoch2/run.npz:h", "@/epoch10/run.npz:h"), of("@/epoch*/run.npz:h"));
    }

    @Test
    void combinesBracesAndLists() throws IOException {
        touch("a.npy", "b.npy", "c.npy");
        assertEquals(List.of("@/a.npy", "@/c.npy", "x.npy"), of("@/{a,c}.npy,x.npy"));
    }

    @Test
    void prefersAFileOfExactlyThatName() throws IOException {
        touch("a[1].npy", "a1.npy");
        assertEquals(List.of("@/a[1].npy"), of("@/a[1].npy"));
    }

    @Test
    void prefersTheWholeNameToItsBeginning() throws IOException {
        touch("run/x.npy", "run, again/x.npy", "a", "a,b");
        assertEquals(List.of("@/run, again"), of("@/run, again"));
        assertEquals(List.of("@/a,b"), of("@/a,b"));
        assertEquals(List.of("@/a", "@/run"), of("@/a,@/run"));
        assertEquals(List.of("@/a:x", "@/b:x"), of("@/a:x,@/b:x"));
    }

    @Test
    void keepsCommasInFileNames() throws IOException {
        touch("a,b/x,1.npy", "a,b/y.npz", "c.npy");
        assertEquals(List.of("@/a,b/x,1.npy"), of("@/a,b/x,1.npy"));
        assertEquals(List.of("@/a,b/x,1.npy", "@/c.npy", "@/a,b/y.npz:h"), of("@/a,b/x,1.npy,@/c.npy,@/a,b/y.npz:h"));
        assertEquals(List.of("@/a,b/x,1.npy"), of("@/a,b/x*.npy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.npy,", ",", "@/none*.npy", "@/none/*.npy", "@/[.npy", "@/*/x.npy"})
    void refuses(String text) {
        String message = String.valueOf(
                assertThrows(InputException.class, () -> of(text)).getMessage());
        assertEquals(1, message.lines().count(), message);
    }
}
