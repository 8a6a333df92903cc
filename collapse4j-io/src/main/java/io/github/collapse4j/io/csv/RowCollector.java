package io.github.collapse4j.io.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordWrapper;
import io.github.collapse4j.io.samples.SampleShard;
import java.util.Arrays;

/** Assembles fields into rows; fields beyond the maximum number of columns, or longer than any number, are not kept. */
final class RowCollector extends AbstractBaseCsvCallbackHandler<CsvRow> {
    private static final int MAX_FIELDS = SampleShard.MAX_DIMENSIONS + 1;
    private static final int MAX_FIELD = 400;

    private char[] text = new char[1 << 12];
    private int[] ends = new int[1 << 8];
    private int length;
    private int kept;
    private int quotedFields;

    @Override
    protected void handleBegin(long startingLineNumber) {
        length = 0;
        kept = 0;
        quotedFields = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int count, boolean quoted) {
        if (index >= MAX_FIELDS) {
            return;
        }
        quotedFields += quoted ? 1 : 0;
        int copied = Math.min(count, MAX_FIELD);
        if (text.length < length + copied + 1) {
            text = Arrays.copyOf(text, 2 * text.length);
        }
        System.arraycopy(buffer, offset, text, length, copied);
        length += copied;
        if (copied < count) {
            text[length++] = '…'; // so that it cannot be read as a number
        }
        if (kept == ends.length) {
            ends = Arrays.copyOf(ends, 2 * kept);
        }
        ends[kept++] = length;
    }

    @Override
    protected RecordWrapper<CsvRow> buildRecord() {
        return wrapRecord(new CsvRow(
                getStartingLineNumber(),
                Arrays.copyOf(text, length),
                Arrays.copyOf(ends, kept),
                getFieldCount(),
                quotedFields));
    }
}
