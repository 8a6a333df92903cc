package io.github.collapse4j.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bundles three.js as one classic script that defines {@code THREE}. It is published only as two ES modules, one of
 * which imports the other by URL, which a page without requests cannot do; their import and export lists become
 * objects.
 */
final class ThreeScript {
    private static final Pattern IMPORT = Pattern.compile("import\\{([^}]*)}from\"\\./three\\.core\\.min\\.js\";");
    private static final Pattern REEXPORT = Pattern.compile("export\\{[^}]*}from\"\\./three\\.core\\.min\\.js\";");
    private static final Pattern EXPORT = Pattern.compile("export\\{([^}]*)};\\s*$");
    private static final Pattern RENAMED = Pattern.compile("([\\w$]+) as ([\\w$]+)");

    private ThreeScript() {}

    static String text() {
        return bundle(
                Resources.text("three/build/three.core.min.js"), Resources.text("three/build/three.module.min.js"));
    }

    /**
     * @throws IllegalStateException if the modules lack the expected import and export lists
     */
    static String bundle(String core, String module) {
        Matcher imports = only(IMPORT, module);
        String names = RENAMED.matcher(imports.group(1)).replaceAll("$1:$2");
        String linked = imports.replaceFirst(Matcher.quoteReplacement("const{" + names + "}=core;"));
        linked = only(REEXPORT, linked).replaceFirst("");
        return "const THREE=(()=>{\"use strict\";\nconst core=(()=>{" + exported(core)
                + "})();\nreturn{...core,...(()=>{" + exported(linked) + "})()};})();";
    }

    private static String exported(String module) {
        Matcher exports = only(EXPORT, module);
        String object = RENAMED.matcher(exports.group(1)).replaceAll("$2:$1");
        return exports.replaceFirst(Matcher.quoteReplacement("return{" + object + "};"));
    }

    private static Matcher only(Pattern list, String module) {
        Matcher matcher = list.matcher(module);
        if (!matcher.find()) {
            throw new IllegalStateException("three.js has changed its form: no " + list);
        }
        return matcher;
    }
}
