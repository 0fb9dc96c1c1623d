package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerCssTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".x > b{color:red} | .fm-body .x > b{color:red}",
                "a , b{color:red} | .fm-body a,.fm-body b{color:red}",
                "*{color:red} | .fm-body *{color:red}",
                "html > body .x, BODY, :root{color:red} | .fm-body .x,.fm-body,.fm-body{color:red}",
                "body.wide p{color:red} | .fm-body.wide p{color:red}",
                "bodyguard{color:red} | .fm-body bodyguard{color:red}",
                "p{color:red;margin:0 auto;mso-line-height-rule:exactly} "
                        + "| .fm-body p{color:red;margin:0 auto;mso-line-height-rule:exactly}",
                "@media (max-width:600px){p{color:red}} | @media (max-width:600px){.fm-body p{color:red} }",
                "p{background:url( a.png )} | .fm-body p{background:url(a.png)}",
                "p{font-family:\"a;b\"} | .fm-body p{font-family:\"a;b\"}",
            })
    void aRuleHoldsWithinTheCallersPartOnly(String sheet, String kept) {
        assertThat(kept(sheet).strip().replace('\n', ' ')).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+ table a{color:red}",
                "~ table a{color:red}",
                "body + table a{color:red}",
                "html body ~ table a{color:red}",
                "a{position:absolute}",
                "a{POSITION : fixed !important}",
                "a{po/**/sition:fixed}",
                "a{p\\6fsition:fixed}",
                "a{-webkit-transform:scale(9)}",
                "a{z-index:9}",
                "a{top:-9px}",
                "a{margin:-9px}",
                "a{margin-top:calc(0px - 9px)}",
                "a{margin-left:var(--x)}",
                "a{mso-margin-top-alt:-9px}",
                "a::after{content:\"Approve\"}",
                "a{inset:0}",
                "a{animation:x 1s}",
                "a{width:expression(alert(1))}",
                "a{background:url(java\\script:x)}",
                "@import url(x.css);",
                "@import 'x.css'",
                "@keyframes x{from{color:red}}",
                "@layer x{a{color:red}}",
                "@font-face{font-family:Roboto;src:url(red.woff2)}",
                "@FONT-FACE{font-family:'Segoe UI';src:url(data:font/woff2;base64,red)}",
                "@font-feature-values Arial{@styleset{red:1}}",
                "@property --x{syntax:'<color>';initial-value:red}",
                "@counter-style decimal{system:cyclic;symbols:'red'}",
                "a{b{color:red}}",
                "@media x{@import 'x';}",
                "}a{color:red}",
            })
    void whatReachesBesideOrLiesOverOursIsGone(String sheet) {
        assertThat(kept(sheet)).doesNotContain("position", "red").isIn("", kept("a{color:blue}"));
    }

    @Test
    void nothingEndsTheStyleElement() {
        assertThat(kept("a{color:red}</style><script>x</script><style>b{color:blue}"))
                .doesNotContain("<");
        assertThat(kept("a{background:url(</style>);color:red}")).doesNotContain("<");
        assertThat(kept("a{font-family:'</style>'}")).doesNotContain("<");
    }

    @Test
    void aStringOrAnAddressThatNeverEndsSwallowsNoRule() {
        assertThat(kept("a{color:'red\n}b{color:blue}")).contains(".fm-body b{color:blue}");
        assertThat(kept("a{background:u\\72l(' } * {color:red}")).doesNotContain("*");
    }

    @Test
    void onlyAsMuchIsKeptAsGmailReads() {
        String sheet = kept(".x{color:#ff0000;background-color:#00ff00}\n".repeat(5_000));

        assertThat(sheet.length()).isBetween(15_000, 33_000);
        assertThat(sheet).endsWith("}\n");
    }

    private static String kept(String sheet) {
        CallerCss css = new CallerCss(value -> false);
        css.add(sheet);
        return css.kept();
    }
}
