package io.github.collapse4j.report;

import com.google.gson.JsonObject;

/** The page of {@code collapse4j train}: how networks collapsed, what they can do, and what they cost, side by side. */
public final class TrainPage {
    private TrainPage() {}

    /**
     * One self-contained HTML file: it makes no request and works from disk. Strings of the result are shown as text, never
     * as markup.
     *
     * @param result what the command writes as JSON; not modified
     * @return about 1.1 MB beside the data; to be written in UTF-8
     * @throws IllegalArgumentException if the result has a number that is not finite
     */
    public static String html(JsonObject result) {
        return SelfContainedPage.html("Neural collapse in training", "train", false, result, "training", "train");
    }
}
