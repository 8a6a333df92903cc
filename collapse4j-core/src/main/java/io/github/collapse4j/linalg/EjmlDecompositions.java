package io.github.collapse4j.linalg;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Decompositions in pure Java for small matrices. EJML is row-major, so it sees a column-major array as the transpose.
 * It squares entries without scaling, so they are scaled here where squares would leave the range.
 */
final class EjmlDecompositions {
    private EjmlDecompositions() {}

    static SymmetricEigen symmetricEigen(Matrix a) {
        int n = a.rows();
        if (n == 0) {
            return new SymmetricEigen(new double[0], Matrix.zeros(0, 0));
        }
        BinaryScale scale = BinaryScale.of(Vectors.maxAbs(a.data()));
        DMatrixRMaj copy = new DMatrixRMaj(n, n);
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                copy.set(i, j, scale.down(a.get(i, j)));
                copy.set(j, i, scale.down(a.get(i, j)));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(copy)) {
            throw new ArithmeticException("the eigenvalue iteration did not converge for a matrix of order " + n);
        }
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> eigen.getEigenvalue(i).real));
        double[] values = new double[n];
        Matrix vectors = Matrix.zeros(n, n);
        for (int j = 0; j < n; j++) {
            values[j] = eigen.getEigenvalue(order[j]).real;
            System.arraycopy(eigen.getEigenVector(order[j]).data, 0, vectors.data(), j * n, n);
        }
        scale.multiply(values);
        return new SymmetricEigen(values, vectors);
    }

    static Svd svd(Matrix a) {
        int m = a.rows();
        int n = a.columns();
        int r = Math.min(m, n);
        BinaryScale scale = BinaryScale.of(Vectors.maxAbs(a.data()));
        // Seen as row-major n×m, so EJML decomposes Aᵀ = V·S·Uᵀ.
        DMatrixRMaj transposed = DMatrixRMaj.wrap(n, m, scale.isOne() ? a.data().clone() : scale.down(a.data()));
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(n, m, true, true, true);
        if (!svd.decompose(transposed)) {
            throw new ArithmeticException(
                    "the singular value iteration did not converge for a " + m + "×" + n + " matrix");
        }
        double[] unsorted = svd.getSingularValues();
        Integer[] order = new Integer[r];
        for (int i = 0; i < r; i++) {
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> -unsorted[i]));
        DMatrixRMaj left = svd.getU(null, false);
        DMatrixRMaj right = svd.getV(null, false);
        double[] values = new double[r];
        Matrix u = Matrix.zeros(m, r);
        Matrix v = Matrix.zeros(n, r);
        for (int j = 0; j < r; j++) {
            values[j] = unsorted[order[j]];
            for (int i = 0; i < m; i++) {
                u.set(i, j, right.get(i, order[j]));
            }
            for (int i = 0; i < n; i++) {
                v.set(i, j, left.get(i, order[j]));
            }
        }
        scale.multiply(values);
        return new Svd(u, values, v);
    }
}
