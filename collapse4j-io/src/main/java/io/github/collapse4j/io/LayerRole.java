package io.github.collapse4j.io;

import java.util.List;
import java.util.Locale;

/** A part of a last layer, with the names it goes by. */
enum LayerRole {
    FEATURES("features", "N×d"),
    LABELS("labels", "N integers"),
    WEIGHTS("weights", "K×d"),
    BIAS("bias", "K numbers");

    /** The name used when writing. */
    final String title;

    final String shape;

    LayerRole(String title, String shape) {
        this.title = title;
        this.shape = shape;
    }

    private List<String> aliases() {
        return switch (this) {
            case FEATURES -> List.of("h", "x", "feats", "embeddings", "embedding", "penultimate");
            case LABELS -> List.of("y", "targets", "target", "label");
            case WEIGHTS ->
                List.of("w", "weight", "kernel", "fc.weight", "classifier.weight", "head.weight", "linear.weight");
            case BIAS -> List.of("b", "fc.bias", "classifier.bias", "head.bias", "linear.bias");
        };
    }

    boolean isTitle(String name) {
        return name.toLowerCase(Locale.ROOT).equals(title);
    }

    /** Ignores case; a two-part name may have a prefix, as in {@code module.fc.weight}. */
    boolean isAlias(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return aliases().stream()
                .anyMatch(alias -> lower.equals(alias) || (alias.contains(".") && lower.endsWith("." + alias)));
    }

    /** {@return whether the name is an alias of any role} */
    static boolean isKnown(String name) {
        for (LayerRole role : values()) {
            if (role.isTitle(name) || role.isAlias(name)) {
                return true;
            }
        }
        return false;
    }
}
