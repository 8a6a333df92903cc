package io.github.collapse4j.proof;

/** The loss of a sample at its logits: value, gradient and curvature S. */
sealed interface LossAt {
    Interval value();

    /** The gradient. */
    Interval[] residual();

    /** S[k, l]. */
    Interval curvature(int k, int l);

    /** S x. */
    Interval[] curvatureTimes(Interval[] x);

    /** {@code S = ω(diag(p) − ppᵀ)}. */
    record Softmax(Interval value, Interval[] residual, Interval weight, Interval[] p) implements LossAt {
        @Override
        public Interval curvature(int k, int l) {
            Interval product = p[k].times(p[l]);
            return weight.times(k == l ? p[k].minus(product) : product.negate());
        }

        @Override
        public Interval[] curvatureTimes(Interval[] x) {
            Interval mean = ProductSum.dot(p, x);
            Interval[] image = new Interval[x.length];
            for (int k = 0; k < x.length; k++) {
                image[k] = weight.times(p[k].times(x[k].minus(mean)));
            }
            return image;
        }
    }

    /** A loss without terms of several logits: S is diagonal. */
    record Separable(Interval value, Interval[] residual, Interval[] diagonal) implements LossAt {
        @Override
        public Interval curvature(int k, int l) {
            return k == l ? diagonal[k] : Interval.ZERO;
        }

        @Override
        public Interval[] curvatureTimes(Interval[] x) {
            Interval[] image = new Interval[x.length];
            for (int k = 0; k < x.length; k++) {
                image[k] = diagonal[k].times(x[k]);
            }
            return image;
        }
    }
}
