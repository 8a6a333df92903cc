package io.github.collapse4j.spark;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Random samples as rows and as an in-memory source; floats, so that every column type represents them exactly. */
record LabelledRows(int featureDimension, int classes, float[][] features, int[] labels, double[] weights)
        implements SampleSource {
    static LabelledRows random(Seeded seeded, int samples, int d, int classes, boolean weighted) {
        double[] centres = seeded.gaussian(classes * d, 1);
        float[][] features = new float[samples][d];
        int[] labels = new int[samples];
        double[] weights = new double[samples];
        for (int j = 0; j < samples; j++) {
            labels[j] = seeded.between(0, classes - 1);
            weights[j] = weighted ? seeded.between(0, 8) / 4.0 : 1;
            double[] noise = seeded.gaussian(d, 0.5);
            for (int i = 0; i < d; i++) {
                features[j][i] = (float) (3 + centres[labels[j] * d + i] + noise[i]);
            }
        }
        return new LabelledRows(d, classes, features, labels, weights);
    }

    Dataset<Row> dataset(FeatureType type) {
        List<Row> rows = new ArrayList<>();
        for (int j = 0; j < labels.length; j++) {
            rows.add(RowFactory.create(value(type, features[j], j), labels[j], weights[j]));
        }
        DataType column = switch (type) {
            case FLOATS -> DataTypes.createArrayType(DataTypes.FloatType);
            case DOUBLES -> DataTypes.createArrayType(DataTypes.DoubleType);
            case VECTOR -> SQLDataTypes.VectorType();
        };
        return LocalSpark.session().createDataFrame(rows, new StructType(new StructField[] {
            DataTypes.createStructField("features", column, true),
            DataTypes.createStructField("label", DataTypes.IntegerType, true),
            DataTypes.createStructField("weight", DataTypes.DoubleType, true)
        }));
    }

    private static Object value(FeatureType type, float[] x, int row) {
        double[] numbers = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            numbers[i] = x[i];
        }
        return switch (type) {
            case FLOATS -> x;
            case DOUBLES -> numbers;
            case VECTOR ->
                row % 2 == 0 ? Vectors.dense(numbers) : Vectors.dense(numbers).toSparse();
        };
    }

    @Override
    public OptionalLong samples() {
        return OptionalLong.of(labels.length);
    }

    @Override
    public boolean isRereadable() {
        return true;
    }

    @Override
    public SampleReader open() {
        return new SampleReader() {
            private int next;

            @Override
            public synchronized boolean next(SampleBatch batch) {
                int count = Math.min(batch.capacity(), labels.length - next);
                for (int j = 0; j < count; j++) {
                    for (int i = 0; i < featureDimension; i++) {
                        batch.features()[j * featureDimension + i] = features[next + j][i];
                    }
                    batch.labels()[j] = labels[next + j];
                    batch.weights()[j] = weights[next + j];
                }
                batch.filled(next / batch.capacity(), count);
                next += count;
                return count > 0;
            }

            @Override
            public void close() {}
        };
    }
}
