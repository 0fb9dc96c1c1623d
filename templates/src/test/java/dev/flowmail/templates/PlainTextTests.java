package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTests {

    @Test
    void paragraphsAndLineBreaksStayApart() {
        assertThat(PlainText.of(
                        "<h1>Order</h1><p>Dear  Bob,<br>look\nat this.</p><div>One</div><div>Two<br><br>Three</div>"))
                .isEqualTo("Order\n\nDear Bob,\nlook at this.\n\nOne\nTwo\n\nThree");
    }

    @Test
    void listsAndTablesKeepTheirItemsApart() {
        assertThat(PlainText.of("<ul><li>a<li>b</ul><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"))
                .isEqualTo("- a\n- b\n\n1 2\n3");
    }

    @Test
    void linksKeepTheirAddressAndPicturesTheirText() {
        assertThat(PlainText.of(
                        "<a href='https://a.example/x'>the <b>order</b></a>, <a href='https://b.example'>https://b.example</a>"
                                + "<a href='#top'>up</a> <img src=x alt='our logo'>"))
                .isEqualTo("the order <https://a.example/x>, https://b.exampleup our logo");
    }

    @Test
    void whatABrowserDoesNotShowIsLeftOut() {
        assertThat(PlainText.of("<title>t</title><style>p{}</style><script>x()</script><!-- c -->"
                        + "<div style='display: none'>secret<p>more</p></div><p hidden>h</p>seen"))
                .isEqualTo("seen");
    }

    @Test
    void preformattedTextKeepsItsShape() {
        assertThat(PlainText.of("<pre>a\n  b   c\n</pre>d")).isEqualTo("a\n  b   c\n\nd");
    }

    @Test
    void anythingIsHtml() {
        assertThat(PlainText.of("")).isEmpty();
        assertThat(PlainText.of("just words & <unclosed")).isEqualTo("just words &");
    }
}
