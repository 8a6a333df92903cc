package io.github.collapse4j.spark;

import java.io.Serializable;
import java.util.List;

/** The columns that hold the features. */
public sealed interface FeatureColumns extends Serializable {
    /** One column of arrays or vectors. */
    record Arrays(String column) implements FeatureColumns {
        @Override
        public String place(int feature) {
            return column + ": feature " + feature;
        }

        @Override
        public String place() {
            return column;
        }
    }

    /** One column of numbers per feature, in feature order. */
    record Numbers(List<String> columns) implements FeatureColumns {
        /** Requires at least one column. */
        public Numbers {
            columns = List.copyOf(columns);
        }

        @Override
        public String place(int feature) {
            return columns.get(feature);
        }

        @Override
        public String place() {
            return columns.get(0) + " … " + columns.get(columns.size() - 1);
        }
    }

    /** {@return the location of a feature, for messages} */
    String place(int feature);

    /** {@return the location of all features, for messages} */
    String place();
}
