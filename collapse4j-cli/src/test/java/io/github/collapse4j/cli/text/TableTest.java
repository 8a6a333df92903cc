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
        assertEquals(2, table.toString(30).lines().count(), "no room to break in");
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 80, 120, 200})
    void proseFitsTheTerminal(int width) {
        StringBuilder text = new StringBuilder();
        Paragraph.append(text, "word ".repeat(100).strip(), width - 1);
        assertTrue(text.toString().lines().allMatch(line -> line.length() <= width), text::toString);
    }

    @ParameterizedTest
    @CsvSource({"80, 80", "20, 50", "wide, 2147483647", ", 2147483647"})
    void theLauncherTellsTheWidth(String told, int columns) {
        assertEquals(columns, TerminalWidth.of(told));
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
