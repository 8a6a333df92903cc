package io.github.collapse4j.model;

/**
 * Where the entries of one sample lie in arrays that hold many columns, such as a matrix of logits. Entry {@code own}
 * belongs to the sample's class; every other entry h stands for {@code multiplicity(h)} classes with that same logit: 1 in
 * the ordinary model, more where classes are exchangeable, 0 to leave an entry out. The own entry has multiplicity 1.
 *
 * @param offset of the first entry
 * @param length the number of entries
 * @param own the entry of the sample's class, from 0
 * @param multiplicities of the entries, shared by many columns and not copied
 * @param multiplicityOffset of the first entry's multiplicity
 */
public record Column(int offset, int length, int own, double[] multiplicities, int multiplicityOffset) {
    double multiplicity(int entry) {
        return multiplicities[multiplicityOffset + entry];
    }
}
