package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS (Nocedal and Wright, algorithms 7.4 and 7.5) with a strong Wolfe line search. Every step
 * decreases the function, up to its round-off. Close to a minimum, differences of values vanish in round-off long
 * before the gradient does; the search then relies on slopes alone, which lets it reach gradients far below the square
 * root of the machine precision. If a search fails, the memory is cleared; if it fails again along −∇f, the run ends
 * with {@link Termination#ROUND_OFF}.
 */
public final class Lbfgs implements Optimizer {
    /** Pairs with {@code sᵀy} at most this fraction of {@code ‖s‖‖y‖} are discarded. */
    private static final double MIN_COSINE = 1e-10;

    private final Options options;

    public Lbfgs(Options options) {
        this.options = options;
    }

    /**
     * Memory and line search.
     *
     * @param memory number of pairs kept, at least 1
     * @param decrease c₁ of the Wolfe conditions, in (0, c₂)
     * @param curvature c₂ of the Wolfe conditions, below 1
     */
    public record Options(int memory, double decrease, double curvature) implements Serializable {
        public Options {
            if (memory < 1 || !(decrease > 0 && decrease < curvature && curvature < 1)) {
                throw new IllegalArgumentException("L-BFGS options out of range: memory " + memory + ", decrease "
                        + decrease + ", curvature " + curvature);
            }
        }

        /** Ten pairs, c₁ = 1e-4, c₂ = 0.9. */
        public static Options defaults() {
            return new Options(10, 1e-4, 0.9);
        }

        public Options withMemory(int pairs) {
            return new Options(pairs, decrease, curvature);
        }
    }

    @Override
    public OptimizerResult minimize(
            SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        return Descent.run(new Method(options, start.length), function, start, limits, listener);
    }

    private static final class Method implements Descent.Method {
        private final Options options;
        private final double[] direction;
        private final Memory memory;
        private @Nullable StrongWolfe search;

        Method(Options options, int dimension) {
            this.options = options;
            this.direction = new double[dimension];
            this.memory = new Memory(options.memory(), dimension);
        }

        @Override
        public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
            if (search == null) {
                search = new StrongWolfe(function, options.decrease(), options.curvature(), direction);
            }
            boolean found =
                    !memory.isEmpty() && memory.direction(from.gradient, direction) && search.search(from, 1, to);
            if (!found) {
                memory.clear();
                for (int i = 0; i < direction.length; i++) {
                    direction[i] = -from.gradient[i];
                }
                found = search.search(from, Math.min(1, 1 / from.gradientNorm), to);
            }
            if (found) {
                memory.add(from, to);
            }
            return found;
        }
    }

    /** The most recent pairs {@code s = x_{k+1} − x_k}, {@code y = ∇f_{k+1} − ∇f_k} in a ring buffer. */
    private static final class Memory {
        private final double[][] s;
        private final double[][] y;
        private final double[] inverseSy;
        private final double[] coefficients;
        private double scale = 1;
        private int next;
        private int size;

        Memory(int pairs, int dimension) {
            s = new double[pairs][dimension];
            y = new double[pairs][dimension];
            inverseSy = new double[pairs];
            coefficients = new double[pairs];
        }

        boolean isEmpty() {
            return size == 0;
        }

        void clear() {
            size = 0;
        }

        void add(Iterate from, Iterate to) {
            double[] move = s[next];
            double[] change = y[next];
            for (int i = 0; i < move.length; i++) {
                move[i] = to.x[i] - from.x[i];
                change[i] = to.gradient[i] - from.gradient[i];
            }
            double sy = Vectors.dot(move, change);
            double normY = Vectors.norm(change);
            if (!(sy > MIN_COSINE * normY * Vectors.norm(move))) {
                // The oldest pair of the ring has been overwritten.
                size = Math.min(size, s.length - 1);
                return;
            }
            inverseSy[next] = 1 / sy;
            scale = sy / normY / normY;
            next = (next + 1) % s.length;
            size = Math.min(size + 1, s.length);
        }

        /** Writes {@code −H∇f} by the two-loop recursion; returns whether it is finite and a descent direction. */
        boolean direction(double[] gradient, double[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = -gradient[i];
            }
            for (int age = 1; age <= size; age++) {
                int pair = Math.floorMod(next - age, s.length);
                double coefficient = inverseSy[pair] * Vectors.dot(s[pair], into);
                coefficients[pair] = coefficient;
                Vectors.add(-coefficient, y[pair], into);
            }
            for (int i = 0; i < into.length; i++) {
                into[i] *= scale;
            }
            for (int age = size; age >= 1; age--) {
                int pair = Math.floorMod(next - age, s.length);
                double coefficient = inverseSy[pair] * Vectors.dot(y[pair], into);
                Vectors.add(coefficients[pair] - coefficient, s[pair], into);
            }
            return Double.isFinite(Vectors.norm(into));
        }
    }
}
