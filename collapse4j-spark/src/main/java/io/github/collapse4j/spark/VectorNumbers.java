package io.github.collapse4j.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Converts Spark ML vectors to arrays. A separate class, so that Spark ML is needed only if there are vectors. */
final class VectorNumbers implements UDF1<@Nullable Vector, double @Nullable []> {
    private static final long serialVersionUID = 1;

    static Column of(Column vectors) {
        return functions
                .udf(new VectorNumbers(), DataTypes.createArrayType(DataTypes.DoubleType))
                .apply(vectors);
    }

    @Override
    public double @Nullable [] call(@Nullable Vector vector) {
        return vector == null ? null : vector.toArray();
    }
}
