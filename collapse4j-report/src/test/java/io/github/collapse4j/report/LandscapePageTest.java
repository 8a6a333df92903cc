package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LandscapePageTest {
    private static final Pattern SCRIPT = Pattern.compile("<script[^>]*>.*?</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style[^>]*>(.*?)</style>", Pattern.DOTALL);
    /** Attributes that load something; {@code data:} and fragments load nothing. */
    private static final Pattern LOADING = Pattern.compile(
            "\\s(src|srcset|href|action|formaction|poster|data|background|ping)\\s*=\\s*[\"']?+(?!data:|#)",
            Pattern.CASE_INSENSITIVE);

    @Test
    void isOneFileWithoutExternalReference() {
        String html = LandscapePage.html(Samples.landscape());
        assertTrue(html.startsWith("<!DOCTYPE html>"));
        assertEquals(html.indexOf("<html"), html.lastIndexOf("<html"));

        String markup = STYLE.matcher(SCRIPT.matcher(html).replaceAll("")).replaceAll("");
        assertFalse(markup.contains("http:") || markup.contains("https:"), markup);
        Matcher loading = LOADING.matcher(markup);
        assertFalse(loading.find(), () -> loading.group() + " in " + markup);
        SCRIPT.matcher(html)
                .results()
                .forEach(script -> assertTrue(
                        script.group().startsWith("<script>")
                                || script.group().startsWith("<script type=\"application/json\" id"),
                        () -> script.group().substring(0, 60)));
        STYLE.matcher(html)
                .results()
                .forEach(style -> assertFalse(
                        style.group(1).contains("url(") || style.group(1).contains("@import"), () -> style.group(1)));
        assertTrue(markup.contains("default-src 'none'"), markup);
    }

    @Test
    void staysSmallEnoughToMail() {
        int data = Samples.landscape().toString().getBytes(StandardCharsets.UTF_8).length;
        int size = LandscapePage.html(Samples.landscape()).getBytes(StandardCharsets.UTF_8).length;
        assertTrue(size < data + 1_850_000, () -> "page " + size + " bytes, data " + data);
    }

    @Test
    void leavesOutThreeWhereNothingMoves() {
        int moving = LandscapePage.html(Samples.landscape()).length();
        String still = LandscapePage.html(Samples.landscapeWithoutAnimations());
        assertTrue(still.length() < moving - 700_000, () -> still.length() + " against " + moving);
        assertFalse(still.contains("const THREE="));
    }

    @Test
    void hasAllOfTheResult() {
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
