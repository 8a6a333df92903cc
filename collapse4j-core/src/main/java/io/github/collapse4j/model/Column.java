package io.github.collapse4j.model;

/**
 * Where the entries of one sample lie in arrays that hold many columns, such as a matrix of logits. Entry {@code own} is the
 * one that the sample wants most: that of its class, if it has one. Every other entry h stands for {@code multiplicity(h)}
 * outputs with that same logit: 1 in the ordinary model, more where classes are exchangeable, 0 to leave an entry out. The own
 * entry has multiplicity 1.
 *
 * @param offset of the first entry
 * @param length the number of entries
 * @param own the entry that the sample wants most, from 0
 * @param multiplicities of the entries, shared by many columns and not copied
 * @param multiplicityOffset of the first entry's multiplicity
 * @param group of samples that share target, weight and offset: the class, if they have one
 */
public record Column(int offset, int length, int own, double[] multiplicities, int multiplicityOffset, int group) {
    /** The column of a sample of class {@code own}. */
    public Column(int offset, int length, int own, double[] multiplicities, int multiplicityOffset) {
        this(offset, length, own, multiplicities, multiplicityOffset, own);
    }

    double multiplicity(int entry) {
        return multiplicities[multiplicityOffset + entry];
    }
}
