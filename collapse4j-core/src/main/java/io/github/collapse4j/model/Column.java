package io.github.collapse4j.model;

/**
 * The position of one sample's entries in an array of many columns, such as a matrix of logits. Entry {@code own}
 * belongs to the sample's class; every other entry h represents {@code multiplicity(h)} classes with the same logit: 1
 * in the ordinary model, more for exchangeable classes, 0 to leave an entry out. The own entry has multiplicity 1.
 *
 * @param offset index of the first entry
 * @param length number of entries
 * @param own the entry of the sample's class, from 0
 * @param multiplicities multiplicities of the entries, shared by many columns and not copied
 * @param multiplicityOffset index of the first entry's multiplicity
 */
public record Column(int offset, int length, int own, double[] multiplicities, int multiplicityOffset, int group) {
    /** The column of a sample of class {@code own}. */
    public Column(int offset, int length, int own, double[] multiplicities, int multiplicityOffset) {
        this(offset, length, own, multiplicities, multiplicityOffset, own);
    }

    /** The number of classes that an entry stands for. */
    public double multiplicity(int entry) {
        return multiplicities[multiplicityOffset + entry];
    }
}
