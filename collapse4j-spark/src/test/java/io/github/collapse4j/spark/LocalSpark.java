package io.github.collapse4j.spark;

import org.apache.spark.sql.SparkSession;

/** One Spark session for all tests of the JVM: two threads, loopback only. */
public final class LocalSpark {
    /** Spark 4.0 does not start on newer Java versions. */
    public static final int NEWEST_JAVA = 23;

    private LocalSpark() {}

    public static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("collapse4j tests")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "5")
                .getOrCreate();
    }
}
