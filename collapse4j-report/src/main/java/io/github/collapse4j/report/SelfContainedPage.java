package io.github.collapse4j.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page in one file: styles, scripts and data are inline, and its content security policy forbids everything else. The
 * page makes no requests, and runs only these scripts, which the policy names by their digests.
 *
 * @param title plain text
 * @param body trusted HTML
 * @param styles style sheets, in order
 * @param scripts classic scripts, run in order at the end of the body
 * @param data untrusted, available to scripts as {@code Page.data}; embedded so that no string can end its element
 */
record SelfContainedPage(String title, String body, List<String> styles, List<String> scripts, JsonObject data) {
    /** Keeps nulls, which differ from missing keys: a null bias means no bias. */
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setStrictness(Strictness.STRICT)
            .create();

    /**
     * A page with charts.
     *
     * @param name of its template {@code name.html}
     * @param scenes whether it has scenes in three dimensions, for which it gets three.js
     * @param scripts names of its own scripts, which run after those of charts
     */
    static String html(String title, String name, boolean scenes, JsonObject data, String... scripts) {
        List<String> texts = new ArrayList<>();
        for (String shared : List.of("page.js", "echarts/dist/echarts.min.js", "charts.js")) {
            texts.add(Resources.text(shared));
        }
        if (scenes) {
            texts.add(ThreeScript.text());
        }
        for (String script : scripts) {
            texts.add(Resources.text(script + ".js"));
        }
        String body = Resources.text(name + ".html");
        return new SelfContainedPage(title, body, List.of(Resources.text("page.css")), texts, data).html();
    }

    /** @throws IllegalArgumentException if a style sheet or script would end its own element early */
    SelfContainedPage {
        styles = styles.stream().map(style -> inlined(style, "</style")).toList();
        scripts = scripts.stream().map(script -> inlined(script, "</script")).toList();
    }

    /**
     * Renders the page, starting with its doctype, to be written in UTF-8.
     *
     * @throws IllegalArgumentException if the data contain a non-finite number
     */
    String html() {
        return new Template(Resources.text("page.html"))
                .fill(Map.of(
                        "title", escapedText(title),
                        "policy", policy(),
                        "styles",
                                styles.stream()
                                        .map(s -> "<style>" + s + "</style>")
                                        .collect(Collectors.joining("\n")),
                        "body", body,
                        "data", embedded(data),
                        "scripts",
                                scripts.stream()
                                        .map(s -> "<script>" + s + "</script>")
                                        .collect(Collectors.joining("\n"))));
    }

    /** Charts set element styles from strings, so styles cannot be restricted to digests. */
    private String policy() {
        String digests = scripts.stream().map(SelfContainedPage::digest).collect(Collectors.joining(" "));
        return "default-src 'none'; script-src " + (digests.isEmpty() ? "'none'" : digests)
                + "; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";
    }

    private static String digest(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Browsers normalise line ends to \n before computing the digest. */
    private static String inlined(String text, String end) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String forbidden : List.of(end, "<!--")) {
            int at = lower.indexOf(forbidden);
            if (at >= 0) {
                throw new IllegalArgumentException(
                        "cannot be inlined: has '" + forbidden + "' at character " + at + " of " + text.length());
            }
        }
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** JSON without {@code <}, hence without end tags and comments, and without JavaScript's own line terminators. */
    private static String embedded(JsonObject data) {
        return GSON.toJson(data)
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String escapedText(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
