package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LandscapePageTest {
    @Test
    void isOneFileWithoutExternalReference() {
        OneFile.assertNoExternalReference(LandscapePage.html(Samples.landscape()));
    }

    @Test
    void staysSmallEnoughToMail() {
        int data = Samples.landscape().toString().getBytes(StandardCharsets.UTF_8).length;
        int size = LandscapePage.html(Samples.landscape()).getBytes(StandardCharsets.UTF_8).length;
        assertTrue(size < data + 1_850_000, () -> "page " + size + " bytes, data " + data);
    }

    @Test
    void leavesOutThreeJsWithoutAnimation() {
        int moving = LandscapePage.html(Samples.landscape()).length();
        String still = LandscapePage.html(Samples.landscapeWithoutAnimations());
        assertTrue(still.length() < moving - 700_000, () -> still.length() + " against " + moving);
        assertFalse(still.contains("const THREE="));
    }

    @Test
    void hasTheWholeResult() {
        String html = LandscapePage.html(Samples.landscape());
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = html.indexOf(start) + start.length();
        assertEquals(
                Samples.landscape(), JsonParser.parseString(html.substring(from, html.indexOf("</script>", from))));
    }

    @Test
    void doesNotChangeTheResult() {
        JsonObject result = Samples.landscape();
        LandscapePage.html(result);
        assertEquals(Samples.landscape(), result);
    }

    @Test
    void keepsTheLicencesOfWhatItInlines() {
        String html = LandscapePage.html(Samples.landscape());
        assertTrue(html.contains("Licensed to the Apache Software Foundation"));
        assertTrue(html.contains("Three.js Authors"));
    }
}
