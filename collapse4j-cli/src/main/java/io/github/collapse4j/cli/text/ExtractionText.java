package io.github.collapse4j.cli.text;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.io.extract.Extraction;

/** What a model did with its inputs, for people. */
public final class ExtractionText {
    private ExtractionText() {}

    /**
     * A heading and a table.
     *
     * @param model the file
     */
    public static String of(String model, Extraction extraction) {
        Table table = new Table("  ");
        table.row("last layer", extraction.head());
        table.row(
                "samples",
                format(
                        "%,d, %,d features each%s",
                        extraction.samples(),
                        extraction.featureDimension(),
                        extraction.resumedAt() > 0
                                ? format("; the first %,d were there already", extraction.resumedAt())
                                : ""));
        if (extraction.correct().isPresent()) {
            long correct = extraction.correct().getAsLong();
            table.row(
                    "accuracy",
                    format(
                            "%.2f %%, %,d of %,d",
                            100.0 * correct / extraction.samples(), correct, extraction.samples()));
        }
        table.row(
                "W·h + b",
                format(
                        "agrees with the model's own logits within %.1e; the largest of them is %s",
                        extraction.logitDifference(), Table.number(extraction.largestLogit())));
        StringBuilder text = new StringBuilder();
        Paragraph.line(text, model + " on " + extraction.inputs());
        text.append(table);
        return text.toString();
    }
}
