package io.github.collapse4j.proof;

/**
 * Enclosures of the value, gradient and Hessian of the reduced model at a point; unknowns in the order W by rows, Ĥ by
 * rows, b. Formulas: docs/proof-format.md, “Derivatives”.
 */
public final class Derivatives {
    private final ExactModel model;
    private final int classes;
    private final int groups;
    private final int d;
    private final Interval lambdaW;
    private final Interval lambdaH;
    private final Interval lambdaB;
    private final Interval[][] w;
    private final Interval[][] h;
    private final Interval[] b;
    private final Interval[] omega;
    private final Interval[] alpha;
    private final Interval[] beta;

    /** By group. */
    private final LossAt[] at;

    private final Interval loss;

    /** Evaluates an ungrouped model at a point. */
    public Derivatives(ExactModel model, ExactPoint point) {
        this.model = model;
        this.classes = point.classes();
        this.groups = model.groups();
        this.d = point.dimension();
        this.lambdaW = model.lambdaW().interval();
        this.lambdaH = model.lambdaH().interval();
        this.lambdaB = model.bias().penalty();
        this.w = intervals(point.w());
        this.h = intervals(point.h());
        this.b = intervals(new double[][] {point.b()})[0];
        this.omega = new Interval[groups];
        this.alpha = new Interval[groups];
        this.beta = new Interval[groups];
        this.at = new LossAt[groups];
        SampleLoss ofSample = SampleLoss.of(model);
        ProductSum sum = new ProductSum();
        for (int j = 0; j < groups; j++) {
            omega[j] = model.weight(j);
            alpha[j] = omega[j].dividedBy(model.rootOfCount(j));
            beta[j] = omega[j].dividedBy(Interval.of(model.counts()[j]));
            at[j] = ofSample.at(j, logits(j));
            sum.add(omega[j], at[j].value());
        }
        this.loss = sum.value();
    }

    static Interval[][] intervals(double[][] numbers) {
        Interval[][] intervals = new Interval[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            intervals[i] = new Interval[numbers[i].length];
            for (int j = 0; j < numbers[i].length; j++) {
                intervals[i][j] = Interval.of(numbers[i][j]);
            }
        }
        return intervals;
    }

    private Interval[] logits(int j) {
        Interval[] z = new Interval[classes];
        Interval root = model.rootOfCount(j);
        for (int k = 0; k < classes; k++) {
            ProductSum sum = new ProductSum();
            for (int a = 0; a < d; a++) {
                sum.add(w[k][a], h[a][j]);
            }
            z[k] = sum.value().dividedBy(root);
            if (b.length > 0) {
                z[k] = z[k].plus(b[k]);
            }
        }
        return z;
    }

    int unknowns() {
        return (classes + groups) * d + b.length;
    }

    int indexOfW(int k, int a) {
        return k * d + a;
    }

    int indexOfH(int a, int j) {
        return classes * d + a * groups + j;
    }

    private int indexOfB(int k) {
        return (classes + groups) * d + k;
    }

    /** f. */
    public Interval value() {
        return loss.plus(lambdaW.times(squares(w)).half())
                .plus(lambdaH.times(squares(h)).half())
                .plus(lambdaB.times(squares(new Interval[][] {b})).half());
    }

    static Interval squares(Interval[][] rows) {
        ProductSum sum = new ProductSum();
        for (Interval[] row : rows) {
            for (Interval entry : row) {
                Interval size = entry.magnitude();
                sum.add(size, size);
            }
        }
        return sum.value();
    }

    /** ∇f. */
    public Interval[] gradient() {
        Interval[] gradient = new Interval[unknowns()];
        for (int a = 0; a < d; a++) {
            for (int k = 0; k < classes; k++) {
                ProductSum sum = new ProductSum().add(lambdaW, w[k][a]);
                for (int j = 0; j < groups; j++) {
                    sum.add(alpha[j].times(at[j].residual()[k]), h[a][j]);
                }
                gradient[indexOfW(k, a)] = sum.value();
            }
            for (int j = 0; j < groups; j++) {
                ProductSum sum = new ProductSum();
                for (int k = 0; k < classes; k++) {
                    sum.add(w[k][a], at[j].residual()[k]);
                }
                gradient[indexOfH(a, j)] = sum.value().times(alpha[j]).plus(lambdaH.times(h[a][j]));
            }
        }
        for (int k = 0; k < b.length; k++) {
            ProductSum sum = new ProductSum().add(lambdaB, b[k]);
            for (int j = 0; j < groups; j++) {
                sum.add(omega[j], at[j].residual()[k]);
            }
            gradient[indexOfB(k)] = sum.value();
        }
        return gradient;
    }

    /** The lower triangle of ∇²f by rows, in doubles, for use outside proofs. */
    public double[][] approximateHessian() {
        return hessian().approximately();
    }

    /** ∇²f. */
    SymmetricMatrix hessian() {
        SymmetricMatrix hessian = new SymmetricMatrix(unknowns());
        addClassifierAndBias(hessian);
        for (int j = 0; j < groups; j++) {
            addFeatures(hessian, j);
        }
        return hessian;
    }

    /**
     * The blocks W by W, b by W and b by b: for each pair of classes the sum of S_j[k, l] times products of (ĥ_j, 1).
     */
    private void addClassifierAndBias(SymmetricMatrix hessian) {
        int size = b.length > 0 ? d + 1 : d;
        Interval[][][] products = new Interval[size][size][groups];
        for (int a = 0; a < size; a++) {
            for (int c = 0; c <= a; c++) {
                for (int j = 0; j < groups; j++) {
                    Interval product =
                            a < d ? beta[j].times(h[a][j]).times(h[c][j]) : c < d ? alpha[j].times(h[c][j]) : omega[j];
                    products[a][c][j] = product;
                    products[c][a][j] = product;
                }
            }
        }
        Interval[] curvature = new Interval[groups];
        for (int k = 0; k < classes; k++) {
            for (int l = 0; l <= k; l++) {
                for (int j = 0; j < groups; j++) {
                    curvature[j] = at[j].curvature(k, l);
                }
                for (int a = 0; a < size; a++) {
                    for (int c = 0; c < (k == l ? a + 1 : size); c++) {
                        hessian.set(index(k, a), index(l, c), ProductSum.dot(curvature, products[a][c]));
                    }
                }
            }
            for (int a = 0; a < size; a++) {
                hessian.add(index(k, a), index(k, a), a < d ? lambdaW : lambdaB);
            }
        }
    }

    /** Entry a of row k of (W, b). */
    private int index(int k, int a) {
        return a < d ? indexOfW(k, a) : indexOfB(k);
    }

    /** The blocks of column j of Ĥ with itself, W and b. */
    private void addFeatures(SymmetricMatrix hessian, int j) {
        Interval[][] curved = new Interval[classes][d];
        for (int c = 0; c < d; c++) {
            Interval[] column = new Interval[classes];
            for (int k = 0; k < classes; k++) {
                column[k] = w[k][c];
            }
            Interval[] image = at[j].curvatureTimes(column);
            for (int k = 0; k < classes; k++) {
                curved[k][c] = image[k];
            }
        }
        for (int a = 0; a < d; a++) {
            for (int c = 0; c <= a; c++) {
                ProductSum sum = new ProductSum();
                for (int k = 0; k < classes; k++) {
                    sum.add(w[k][a], curved[k][c]);
                }
                Interval entry = sum.value().times(beta[j]);
                hessian.set(indexOfH(a, j), indexOfH(c, j), a == c ? entry.plus(lambdaH) : entry);
            }
            Interval factor = beta[j].times(h[a][j]);
            for (int k = 0; k < classes; k++) {
                for (int c = 0; c < d; c++) {
                    Interval entry = factor.times(curved[k][c]);
                    hessian.set(
                            indexOfH(c, j),
                            indexOfW(k, a),
                            a == c ? entry.plus(alpha[j].times(at[j].residual()[k])) : entry);
                }
                if (b.length > 0) {
                    hessian.set(indexOfB(k), indexOfH(a, j), alpha[j].times(curved[k][a]));
                }
            }
        }
    }

    /** {@code ∇²f[Δ, Δ]} along a direction of the same shape as the point. */
    Interval curvatureAlong(ExactPoint direction) {
        Interval[][] dw = intervals(direction.w());
        Interval[][] dh = intervals(direction.h());
        Interval[] db = intervals(new double[][] {direction.b()})[0];
        Interval sum = lambdaW.times(squares(dw))
                .plus(lambdaH.times(squares(dh)))
                .plus(lambdaB.times(squares(new Interval[][] {db})));
        for (int j = 0; j < groups; j++) {
            Interval root = model.rootOfCount(j);
            Interval[] change = new Interval[classes];
            Interval[] second = new Interval[classes];
            for (int k = 0; k < classes; k++) {
                ProductSum first = new ProductSum();
                ProductSum mixed = new ProductSum();
                for (int a = 0; a < d; a++) {
                    first.add(dw[k][a], h[a][j]).add(w[k][a], dh[a][j]);
                    mixed.add(dw[k][a], dh[a][j]);
                }
                change[k] = first.value().dividedBy(root);
                if (b.length > 0) {
                    change[k] = change[k].plus(db[k]);
                }
                second[k] = mixed.value().dividedBy(root).times(2);
            }
            Interval curved = ProductSum.dot(change, at[j].curvatureTimes(change));
            sum = sum.plus(omega[j].times(curved.plus(ProductSum.dot(at[j].residual(), second))));
        }
        return sum;
    }
}
