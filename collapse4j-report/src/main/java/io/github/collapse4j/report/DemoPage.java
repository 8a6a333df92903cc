package io.github.collapse4j.report;

import com.google.gson.JsonObject;

/** The page of {@code collapse4j demo}: neural collapse from the first epoch to the certificate, for newcomers. */
public final class DemoPage {
    private DemoPage() {}

    /**
     * Renders one self-contained HTML file: it makes no requests and works from disk. Strings of the result are shown
     * as text, never as markup.
     *
     * @param result the command's JSON output; not modified
     * @return about 1.1 MB plus the data; to be written in UTF-8
     * @throws IllegalArgumentException if the result contains a non-finite number
     */
    public static String html(JsonObject result) {
        return SelfContainedPage.html("Neural collapse, seen and certified", "demo", false, result, "training", "demo");
    }
}
