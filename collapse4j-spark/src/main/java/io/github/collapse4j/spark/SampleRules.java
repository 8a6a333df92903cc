package io.github.collapse4j.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Validity checks of samples. Messages begin with the name of the column. */
record SampleRules(int featureDimension, int classes, FeatureColumns features, String labelColumn, String weightColumn)
        implements Serializable {

    /** The error of a label, where NaN means missing; null if it is valid. */
    @Nullable
    String wrongLabel(double label) {
        return label >= 0 && label < classes && label == Math.rint(label)
                ? null
                : labelColumn + ": expected a label of 0 to " + (classes - 1) + ", found " + text(label);
    }

    /** The error of a weight, where NaN means missing; null if it is valid. */
    @Nullable
    String wrongWeight(double weight) {
        return weight >= 0 && weight < Double.POSITIVE_INFINITY
                ? null
                : weightColumn + ": expected a finite weight of at least 0, found "
                        + (Double.isNaN(weight) ? "none" : weight);
    }

    /** The error of a wrong number of features. */
    @Nullable
    String wrongDimension(int found) {
        return found == featureDimension
                ? null
                : features.place() + ": expected " + featureDimension + " features as in other rows, found " + found;
    }

    String noFeatures() {
        return features.place() + ": expected " + featureDimension + " features, found null";
    }

    String missingFeature(int index) {
        return features.place(index) + ": expected a number, found null";
    }

    String notFinite(int index, double found) {
        return features.place(index) + ": expected a finite number, found " + found;
    }

    static String text(double label) {
        if (Double.isNaN(label)) {
            return "none";
        }
        return label == Math.rint(label) && Math.abs(label) < 0x1p53 ? Long.toString((long) label) : "" + label;
    }
}
