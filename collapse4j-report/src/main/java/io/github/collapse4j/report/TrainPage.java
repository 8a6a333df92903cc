package io.github.collapse4j.report;

import com.google.gson.JsonObject;

/** The page of {@code collapse4j train}: collapse, accuracy and cost of networks side by side. */
public final class TrainPage {
    private TrainPage() {}

    /**
     * Renders one self-contained HTML file: it makes no requests and works from disk. Strings of the result are shown
     * as text, never as markup.
     *
     * @param result the command's JSON output; not modified
     * @return about 1.1 MB plus the data; to be written in UTF-8
     * @throws IllegalArgumentException if the result contains a non-finite number
     */
    public static String html(JsonObject result) {
        return SelfContainedPage.html("Neural collapse in training", "train", false, result, "training", "train");
    }
}
