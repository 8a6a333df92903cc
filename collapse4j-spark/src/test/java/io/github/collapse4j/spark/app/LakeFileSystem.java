package io.github.collapse4j.spark.app;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Folders of this machine under another scheme, whose files Java cannot open by name. */
public class LakeFileSystem extends RawLocalFileSystem {
    private final String scheme;

    /** Named {@code lake}; Hadoop knows it by both of its interfaces. */
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

    /** The newer of the interfaces. */
    public static final class Newer extends DelegateToFileSystem {
        /** As Hadoop calls it. */
        public Newer(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(uri, new LakeFileSystem(), configuration, "lake", /* authorityRequired= */ false);
        }
    }

    /** One that has the older interface alone. */
    public static final class Pond extends LakeFileSystem {
        /** As Hadoop calls it. */
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
