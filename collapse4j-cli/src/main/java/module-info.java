/** The command line. */
@SuppressWarnings({
    "module", // modules named in exports are compiled later
    "requires-automatic" // DJL's modules have names but no descriptors
})
open module io.github.collapse4j.cli { // picocli sets private fields
    requires ai.djl.api;
    requires com.google.gson;
    requires info.picocli;
    requires io.github.collapse4j.core;
    requires io.github.collapse4j.djl;
    requires io.github.collapse4j.io;
    requires io.github.collapse4j.report;
    requires jdk.unsupported; // signals
    requires me.tongfei.progressbar;
    requires static org.jspecify;

    // The Spark application has the same options and reports.
    exports io.github.collapse4j.cli to
            io.github.collapse4j.spark;
    exports io.github.collapse4j.cli.certify to
            io.github.collapse4j.spark;
    exports io.github.collapse4j.cli.landscape to
            io.github.collapse4j.spark;
    exports io.github.collapse4j.cli.measure to
            io.github.collapse4j.spark;
    exports io.github.collapse4j.cli.option to
            io.github.collapse4j.spark;
    exports io.github.collapse4j.cli.text to
            io.github.collapse4j.spark;
}
