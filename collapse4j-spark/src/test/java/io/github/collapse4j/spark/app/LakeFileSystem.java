package io.github.collapse4j.spark.app;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local folders under another scheme, whose files Java cannot open by name. */
public class LakeFileSystem extends RawLocalFileSystem {
    private final String scheme;

    /** The scheme {@code lake}, with both of Hadoop's interfaces. */
    public LakeFileSystem() {
        this("lake");
    }

    LakeFileSystem(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public URI getUri() {
        return URI.create(scheme + ":///");
    }

    /** The newer interface. */
    public static final class Newer extends DelegateToFileSystem {
        /** Called by Hadoop. */
        public Newer(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(uri, new LakeFileSystem(), configuration, "lake", /* authorityRequired= */ false);
        }
    }

    /** A file system with the older interface only. */
    public static final class Pond extends LakeFileSystem {
        /** Called by Hadoop. */
        public Pond() {
            super("pond");
        }
    }

    static void register(Configuration configuration) {
        configuration.set("fs.lake.impl", LakeFileSystem.class.getName());
        configuration.set("fs.AbstractFileSystem.lake.impl", Newer.class.getName());
        configuration.set("fs.pond.impl", Pond.class.getName());
    }
}
