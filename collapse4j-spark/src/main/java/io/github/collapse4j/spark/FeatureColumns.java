package io.github.collapse4j.spark;

import java.io.Serializable;
import java.util.List;

/** Which columns hold the features. */
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

    /** A column of numbers for each feature, in their order. */
    record Numbers(List<String> columns) implements FeatureColumns {
        /** At least one. */
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

    /** {@return where a feature stands, as messages name it} */
    String place(int feature);

    /** {@return where all of them stand} */
    String place();
}
