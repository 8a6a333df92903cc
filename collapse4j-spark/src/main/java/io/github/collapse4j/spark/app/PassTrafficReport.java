package io.github.collapse4j.spark.app;

import io.github.collapse4j.spark.PassTraffic;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Reports the traffic of each pass in one line. */
final class PassTrafficReport {
    private PassTrafficReport() {}

    static void print(List<PassTraffic> traffic, PrintWriter err) {
        for (PassTraffic pass : traffic) {
            err.printf(
                    Locale.ROOT,
                    "%s: %,d bytes from each of %,d partitions, %,d to each executor%n",
                    pass.pass(),
                    pass.stateBytes(),
                    pass.partitions(),
                    pass.broadcastBytes());
        }
        err.flush();
    }
}
