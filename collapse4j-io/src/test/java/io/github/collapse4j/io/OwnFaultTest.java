package io.github.collapse4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OwnFaultTest {
    private static boolean isOwn(Runnable action) {
        return OwnFault.is(assertThrows(RuntimeException.class, action::run));
    }

    @Test
    void exceptionsOfThisProgramAreItsOwn() {
        assertEquals(true, isOwn(() -> {
            throw new IllegalStateException();
        }));
    }

    @Test
    void soAreThoseOfTheJavaLibraryItCalls() {
        assertEquals(true, isOwn(() -> Integer.parseInt("x")));
        assertEquals(true, isOwn(() -> Objects.checkIndex(3, 2)));
        assertEquals(true, isOwn(() -> List.of(1).add(2)));
    }

    @Test
    void exceptionsOfOtherLibrariesAreNot() {
        assertEquals(false, isOwn(() -> assertNotNull(JsonParser.parseString("{"))));
    }
}
