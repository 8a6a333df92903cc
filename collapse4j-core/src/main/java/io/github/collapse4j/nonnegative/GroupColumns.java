package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Matrix;

/**
 * Matrices with a row for each class and a column for each class of some groups that exchanging classes of a group does
 * not change. They are held as one column of each of these groups, {@code (G+1)×m}: row h is the entry of another class of
 * group h, the last row that of the class itself. Products are those of their cores: {@code G×m} matrices, with the number
 * by which entries of the class itself exceed those of others in its group.
 *
 * @param sizes m_h, the number of classes of each of the G groups
 * @param groups the group of each column, ascending
 */
record GroupColumns(int[] sizes, int[] groups) {

    /** In coordinates in which products are those of matrices. */
    record Core(Matrix matrix, double[] excess) {}

    /** The square matrices over the classes of the groups of the columns. */
    GroupColumns square() {
        int[] ofColumns = new int[groups.length];
        int[] each = new int[groups.length];
        for (int j = 0; j < groups.length; j++) {
            ofColumns[j] = sizes[groups[j]];
            each[j] = j;
        }
        return new GroupColumns(ofColumns, each);
    }

    Matrix zeros() {
        return Matrix.zeros(sizes.length + 1, groups.length);
    }

    /** The number of entries of the whole matrix that an entry stands for. */
    double multiplicity(int row, int column) {
        int own = sizes[groups[column]];
        return own * (double) (row == sizes.length ? 1 : row == groups[column] ? own - 1 : sizes[row]);
    }

    /** The inner product of the whole matrices. */
    double dot(Matrix a, Matrix b) {
        double sum = 0;
        int rows = sizes.length + 1;
        for (int j = 0; j < groups.length; j++) {
            double ofColumn = 0;
            for (int h = 0; h < rows - 1; h++) {
                int count = h == groups[j] ? sizes[h] - 1 : sizes[h];
                ofColumn += count * a.data()[j * rows + h] * b.data()[j * rows + h];
            }
            ofColumn += a.data()[(j + 1) * rows - 1] * b.data()[(j + 1) * rows - 1];
            sum += sizes[groups[j]] * ofColumn;
        }
        return sum;
    }

    double trace(Matrix columns) {
        double sum = 0;
        for (int j = 0; j < groups.length; j++) {
            sum += sizes[groups[j]] * columns.get(sizes.length, j);
        }
        return sum;
    }

    Core core(Matrix columns) {
        int n = sizes.length;
        Matrix core = Matrix.zeros(n, groups.length);
        double[] excess = new double[groups.length];
        for (int j = 0; j < groups.length; j++) {
            int own = groups[j];
            double root = Math.sqrt(sizes[own]);
            for (int h = 0; h < n; h++) {
                core.set(h, j, root * Math.sqrt(sizes[h]) * columns.get(h, j));
            }
            double same = sizes[own] == 1 ? 0 : columns.get(own, j);
            excess[j] = columns.get(n, j) - same;
            core.set(own, j, excess[j] + sizes[own] * same);
        }
        return new Core(core, excess);
    }

    Matrix columns(Core core) {
        int n = sizes.length;
        Matrix columns = zeros();
        for (int j = 0; j < groups.length; j++) {
            int own = groups[j];
            double root = Math.sqrt(sizes[own]);
            for (int h = 0; h < n; h++) {
                columns.set(h, j, core.matrix().get(h, j) / (root * Math.sqrt(sizes[h])));
            }
            double whole = core.matrix().get(own, j);
            double same = sizes[own] == 1 ? 0 : (whole - core.excess()[j]) / sizes[own];
            columns.set(own, j, same);
            columns.set(n, j, sizes[own] == 1 ? whole : same + core.excess()[j]);
        }
        return columns;
    }
}
