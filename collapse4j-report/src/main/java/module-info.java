/** Results as self-contained HTML pages. */
module io.github.collapse4j.report {
    requires transitive com.google.gson;
    requires static transitive org.jspecify;

    exports io.github.collapse4j.report;
}
