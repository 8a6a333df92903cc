package io.github.collapse4j.report;

import com.google.gson.JsonObject;

/**
 * The page of {@code collapse4j landscape} for features behind a ReLU or on a sphere: where descents from random starts end,
 * by feature dimension.
 */
public final class EndsPage {
    private EndsPage() {}

    /**
     * Renders one self-contained HTML file: it makes no requests and works from disk. Parts missing from the result
     * (missing or null keys) are left out of the page. Strings of the result are shown as text, never as markup.
     *
     * @param result the command's JSON output; not modified
     * @return about 1.1 MB plus the data; to be written in UTF-8
     * @throws IllegalArgumentException if the result contains a non-finite number
     */
    public static String html(JsonObject result) {
        return SelfContainedPage.html("Where training ends", "ends", false, result, "ends");
    }
}
