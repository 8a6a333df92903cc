package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ThreeScriptTest {
    @Test
    void linksTheTwoModules() {
        assertEquals(
                """
                const THREE=(()=>{"use strict";
                const core=(()=>{const a=1,$b=2;return{One:a,Two:$b};})();
                return{...core,...(()=>{const{One:x,Two}=core;const y=x;return{Three:y};})()};})();""",
                ThreeScript.bundle(
                        "const a=1,$b=2;export{a as One,$b as Two};\n",
                        "import{One as x,Two}from\"./three.core.min.js\";export{One,Two}from\"./three.core.min.js\";"
                                + "const y=x;export{y as Three};\n"));
    }

    @Test
    void reportsModulesInAnUnexpectedForm() {
        assertThrows(IllegalStateException.class, () -> ThreeScript.bundle("export default 1;", "export{a as B};"));
    }

    @Test
    void theRealBundleHasNoModuleSyntaxLeft() {
        String script = ThreeScript.text();
        assertFalse(script.contains("three.core.min.js"));
        assertFalse(script.contains("export{"));
        assertTrue(script.contains("SPDX-License-Identifier: MIT"), "the licence stays");
    }
}
