import io.github.collapse4j.io.csv.CsvFormat;
import io.github.collapse4j.io.extract.ModelFormat;
import io.github.collapse4j.io.samples.SampleFormat;

/** Readers and writers of feature, label and weight files. Formats of tables are services. */
@SuppressWarnings({
    "module", // modules named in exports are compiled later
    "requires-automatic" // jhdf has no descriptor
})
module io.github.collapse4j.io {
    requires transitive io.github.collapse4j.core;
    requires ch.randelshofer.fastdoubleparser;
    requires com.google.gson;
    requires de.siegmar.fastcsv;
    requires io.jhdf;
    requires java.desktop; // decoders of pictures
    requires java.net.http;
    requires static transitive org.jspecify;

    // API that no other module names: LabelRange.
    // Internal, for other packages of this module alone: ArrayLocation.
    exports io.github.collapse4j.io;
    // API that no other module names: ArrayBytes, ArrayHeader, DType, NumericVector, Origin.
    // Internal, for other packages of this module alone: ArrayArchive, FileSignature.
    exports io.github.collapse4j.io.array;
    exports io.github.collapse4j.io.extract;
    // API that no other module names: HeadArchive, LinearHead.
    // Internal, for other packages of this module alone: LinearShape.
    exports io.github.collapse4j.io.head;
    exports io.github.collapse4j.io.image;
    exports io.github.collapse4j.io.input;

    // API that no other module names: NpyRowWriter, Npz, NpzWriter.
    // Internal, for other packages of this module alone: NpyPart.
    exports io.github.collapse4j.io.npy;

    // API that no other module names: OnnxInput, OnnxType.
    exports io.github.collapse4j.io.onnx;

    // Internal, for other packages of this module alone: LabelColumn.
    exports io.github.collapse4j.io.samples;
    // Internal, for other packages of this module alone: Spool.
    exports io.github.collapse4j.io.file to
            io.github.collapse4j.cli,
            io.github.collapse4j.djl;
    exports io.github.collapse4j.io.hunt to
            io.github.collapse4j.cli;
    exports io.github.collapse4j.io.mlflow to
            io.github.collapse4j.djl;
    exports io.github.collapse4j.io.proof to
            io.github.collapse4j.cli;
    exports io.github.collapse4j.io.tensorboard to
            io.github.collapse4j.djl;

    provides SampleFormat with
            CsvFormat;

    uses ModelFormat;
    uses SampleFormat;
}
