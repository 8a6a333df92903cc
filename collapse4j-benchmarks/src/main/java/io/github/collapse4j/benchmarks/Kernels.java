package io.github.collapse4j.benchmarks;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.SymmetricEigen;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The two implementations between which {@link LinearAlgebra} chooses by size, each callable at every size, so that the
 * threshold can be measured. They are package-private; only benchmarks may access them, by reflection.
 */
final class Kernels {
    private static final MethodType PRODUCT = MethodType.methodType(
            void.class,
            double.class,
            Matrix.class,
            Op.class,
            Matrix.class,
            Op.class,
            double.class,
            Matrix.class,
            int.class,
            int.class,
            int.class);
    private static final MethodType SVD = MethodType.methodType(Svd.class, Matrix.class);
    private static final MethodType EIGEN = MethodType.methodType(SymmetricEigen.class, Matrix.class);

    static final MethodHandle JAVA_PRODUCT = find("SmallProduct", "multiply", PRODUCT);
    static final MethodHandle NATIVE_PRODUCT = find("OpenBlas", "multiply", PRODUCT);
    static final MethodHandle JAVA_SVD = find("EjmlDecompositions", "svd", SVD);
    static final MethodHandle NATIVE_SVD = find("OpenBlas", "svd", SVD);
    static final MethodHandle JAVA_EIGEN = find("EjmlDecompositions", "symmetricEigen", EIGEN);
    static final MethodHandle NATIVE_EIGEN =
            find("OpenBlas", "symmetricEigen", EIGEN.appendParameterTypes(boolean.class));

    private Kernels() {}

    private static MethodHandle find(String simpleName, String method, MethodType type) {
        try {
            Class<?> owner = Class.forName(LinearAlgebra.class.getPackageName() + "." + simpleName);
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
            return lookup.findStatic(owner, method, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernels of LinearAlgebra have changed: adapt this class", e);
        }
    }

    /** Loads the native library and sets its number of threads, as {@link LinearAlgebra} does on first use. */
    static void loadNative() {
        LinearAlgebra.multiply(Matrix.identity(64), Matrix.identity(64));
    }
}
