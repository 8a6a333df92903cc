package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The contract of every page: it is self-contained. */
final class OneFile {
    private static final Pattern SCRIPT = Pattern.compile("<script[^>]*>.*?</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style[^>]*>(.*?)</style>", Pattern.DOTALL);
    /** Attributes that load a resource, unless it is {@code data:} or a fragment. */
    private static final Pattern LOADING = Pattern.compile(
            "\\s(src|srcset|href|action|formaction|poster|data|background|ping)\\s*=\\s*[\"']?+(?!data:|#)",
            Pattern.CASE_INSENSITIVE);

    private OneFile() {}

    static void assertNoExternalReference(String html) {
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
}
