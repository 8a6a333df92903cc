package io.github.collapse4j.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-2.5, -2.5",
        "1234567, 1234570",
        "9999999, 1e7",
        "12345678, 1.23457e7",
        "0.0001, 0.0001",
        "0.00012345678, 0.000123457",
        "0.00001, 1e-5",
        "-1.5026789e-6, -1.50268e-6",
        "5e-324, 4.94066e-324",
        "1.7976931348623157e308, 1.79769e308",
        "0.1, 0.1",
        "NaN, –"
    })
    void showsSixDigits(double value, String text) {
        assertEquals(text, Table.number(value));
    }

    @Test
    void continuesTheLastCellInANarrowTerminal() {
        Table table = new Table("  ")
                .row("objective", "0.5", "loss plus penalties, of all samples together")
                .row("μ", "1");
        assertEquals("""
                  objective  0.5  loss plus penalties,
                                  of all samples
                                  together
                  μ          1
                """, table.toString(40));
        assertEquals(table.toString(200), table.toString());
    }

    @Test
    void columnsWithoutRoomFollowBelow() {
        Table table = new Table("  ")
                .row("classes", "samples", "own logit", "angle")
                .row("1", "100", "5.14236", "120°")
                .row("2", "20", "4.85218", "–")
                .row("…");
        assertEquals("""
                  classes  samples
                  1        100
                  2        20
                  …

                  classes  own logit  angle
                  1        5.14236    120°
                  2        4.85218    –
                """, table.toString(28));
        assertEquals(4, table.toString(40).lines().count());
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 80, 120, 200})
    void proseFitsTheTerminal(int width) {
        StringBuilder text = new StringBuilder();
        Paragraph.append(text, "word ".repeat(100).strip(), width - 1);
        Paragraph.line(text, "  K = 3, ".repeat(40).strip(), width);
        assertTrue(text.toString().lines().allMatch(line -> line.length() <= width), text::toString);
        StringBuilder command = new StringBuilder();
        Paragraph.line(command, "  collapse4j certify " + "folder/".repeat(40) + " --html page.html", width);
        assertEquals(1, command.toString().lines().count());
    }

    @ParameterizedTest
    @CsvSource({"80, 80", "20, 50", "wide, 2147483647", ", 2147483647"})
    void theLauncherTellsTheWidth(String told, int columns) {
        assertEquals(columns, TerminalWidth.of(told));
        assertEquals(columns == Integer.MAX_VALUE ? 79 : columns - 1, TerminalWidth.ofBar(columns));
    }

    @Test
    void alignsColumnsWithoutTrailingSpaces() {
        String text = new Table("  ")
                .row("a", "1")
                .row("long", "12345", "note")
                .row("…")
                .row("b", "", "x")
                .toString();
        assertEquals(
                "  a     1\n  long  12345  note\n  …\n  b            x\n", text.replace(System.lineSeparator(), "\n"));
        assertEquals("", new Table("").toString());
    }
}
