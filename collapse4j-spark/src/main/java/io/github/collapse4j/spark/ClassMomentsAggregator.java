package io.github.collapse4j.spark;

import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.MomentsAccumulator;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.catalyst.encoders.Codec;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Function0;
import scala.reflect.ClassTag;

/**
 * Counts, class means and, optionally, within-class scatter of each group of a table, in one job:
 *
 * <pre>{@code
 * ClassMomentsAggregator moments = ClassMomentsAggregator.of(classes, featureDimension).withScatter();
 * Column column = moments.of(table.schema(), SampleColumns.of("features", "label"));
 * for (Row row : table.groupBy("epoch").agg(column).collectAsList()) {
 *     measurer.measure(ClassMomentsAggregator.read(row.getAs(1)), Optional.empty(), Optional.empty());
 * }
 * }</pre>
 *
 * <p>Buffers and results are in core's binary format, 8·K·(2d + 2) bytes, plus 8·(d² + K·(d + 2)) with scatter. They
 * can be stored in a table and read back with {@link #read} or {@code MomentsAccumulator.fromBytes}. The result of a
 * group with an invalid sample is an error message, which {@code read} throws. Buffers are merged in the order in which
 * Spark delivers them, so the last bits may differ from run to run.
 */
public final class ClassMomentsAggregator extends Aggregator<LabelledSample, MomentsBuffer, byte[]> {
    private static final long serialVersionUID = 1;

    private final SampleRules rules;
    private final boolean withScatter;
    private final Codec<MomentsBuffer, byte[]> codec;

    ClassMomentsAggregator(SampleRules rules, boolean withScatter, Codec<MomentsBuffer, byte[]> codec) {
        this.rules = rules;
        this.withScatter = withScatter;
        this.codec = codec;
    }

    /**
     * Creates an aggregator of counts and class means.
     *
     * @param classes K; labels are 0…K−1
     * @param featureDimension d
     */
    public static ClassMomentsAggregator of(int classes, int featureDimension) {
        return new ClassMomentsAggregator(
                new SampleRules(featureDimension, classes, new FeatureColumns.Arrays("features"), "label", "weight"),
                false,
                new MomentsCodec());
    }

    /** {@return a copy that also sums the within-class scatter, which every metric needs that is not of means alone} */
    public ClassMomentsAggregator withScatter() {
        return new ClassMomentsAggregator(rules, true, codec);
    }

    /**
     * The moments of some columns, to be passed to {@code agg}.
     *
     * @param schema schema of the table, which determines the type of the features
     * @throws ColumnException if a column is missing or has the wrong type
     */
    public Column of(StructType schema, SampleColumns columns) {
        SampleSchema found = SampleSchema.of(schema, columns);
        return new ClassMomentsAggregator(
                        found.reader(rules.featureDimension(), rules.classes()).rules(), withScatter, codec)
                .function()
                .apply(found.featureNumbers(), found.label(), found.weight());
    }

    /**
     * A SQL function of features {@code array<double>}, label and weight: {@code spark.udf().register("class_moments",
     * moments.function())}.
     */
    public UserDefinedFunction function() {
        return functions.udaf(this, Encoders.bean(LabelledSample.class));
    }

    /**
     * Reads a result.
     *
     * @throws IllegalArgumentException if the group had an invalid sample (the message names the column), or if the
     *     bytes are not a result
     */
    public static ClassMoments read(byte[] result) {
        return MomentsBuffer.moments(result);
    }

    @Override
    public MomentsBuffer zero() {
        return new MomentsBuffer(new MomentsAccumulator(rules.classes(), rules.featureDimension(), withScatter));
    }

    @Override
    public MomentsBuffer reduce(MomentsBuffer buffer, LabelledSample sample) {
        buffer.add(sample, rules);
        return buffer;
    }

    @Override
    public MomentsBuffer merge(MomentsBuffer buffer, MomentsBuffer other) {
        buffer.merge(other);
        return buffer;
    }

    @Override
    public byte[] finish(MomentsBuffer buffer) {
        return buffer.toBytes();
    }

    @Override
    public Encoder<MomentsBuffer> bufferEncoder() {
        Codec<MomentsBuffer, byte[]> bytes = codec;
        return new AgnosticEncoders.TransformingEncoder<>(
                ClassTag.apply(MomentsBuffer.class),
                AgnosticEncoders.BinaryEncoder$.MODULE$,
                (Function0<Codec<? super MomentsBuffer, byte[]>> & Serializable) () -> bytes,
                false);
    }

    @Override
    public Encoder<byte[]> outputEncoder() {
        return Encoders.BINARY();
    }
}
