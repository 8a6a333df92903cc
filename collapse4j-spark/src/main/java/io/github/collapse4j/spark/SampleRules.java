package io.github.collapse4j.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What every sample has to be like. The names of the columns are for messages, which begin with them. */
record SampleRules(int featureDimension, int classes, FeatureColumns features, String labelColumn, String weightColumn)
        implements Serializable {

    /** What is wrong with a label, which is NaN where there is none; null if nothing is. */
    @Nullable
    String wrongLabel(double label) {
        return label >= 0 && label < classes && label == Math.rint(label)
                ? null
                : labelColumn + ": expected a label of 0 to " + (classes - 1) + ", found " + text(label);
    }

    /** What is wrong with a weight, which is NaN where there is none. */
    @Nullable
    String wrongWeight(double weight) {
        return weight >= 0 && weight < Double.POSITIVE_INFINITY
                ? null
                : weightColumn + ": expected a finite weight of at least 0, found "
                        + (Double.isNaN(weight) ? "none" : weight);
    }

    /** What is wrong with the number of features. */
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
