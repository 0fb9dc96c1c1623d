package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataPicturesTests {

    @Test
    void aPictureInTheHtmlBecomesOneOfTheMail() {
        String html = "<!-- x --><p>Logo: <img width=80 src=\"data:image/PNG;base64,iVBO\nRw==\" alt='Our logo'>"
                + "<img SRC='data:image/jpg;base64,/9j/'></p>";
        CallerBody body = CallerBodies.plain(null, html);

        assertThat(body.html())
                .isEqualTo("<!-- x --><p>Logo: <img width=80 src=\"cid:picture-1@flowmail\" alt='Our logo'>"
                        + "<img SRC='cid:picture-2@flowmail'></p>");
        assertThat(body.text()).isEqualTo("Logo: Our logo");
        assertThat(body.pictures())
                .extracting(InlinePicture::fileName)
                .containsExactly("picture-1.png", "picture-2.jpeg");
        assertThat(body.pictures().get(0).bytes()).containsExactly(0x89, 'P', 'N', 'G');
        assertThat(new CallerBodies(Samples.PUBLIC_URL).of(null, html).html())
                .contains("src=\"cid:picture-1@flowmail\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img alt=a src = \"%s\">",
                "<img alt=a src=\n'%s'>",
                "<img alt=a src=%s>",
                "<img alt=a src=%s />",
                "<IMG ALT=a SRC = %s\n>"
            })
    void howeverItsAddressIsWritten(String html) {
        for (String address : List.of(
                "data:image/png;base64,iVBORw==",
                "data:image/png;name=photo.png;base64,iVBORw==",
                "DATA:IMAGE/PNG;charset=utf-8;BASE64,iVBORw==")) {
            CallerBody body = CallerBodies.plain(null, html.formatted(address));

            assertThat(body.html()).isEqualTo(html.formatted("cid:picture-1@flowmail"));
            assertThat(body.pictures()).hasSize(1);
            assertThat(body.pictures().get(0).fileName()).isEqualTo("picture-1.png");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=data:image/png;base64,AAAA",
                "<img alt=data:image/png;base64,AAAA>",
                "<p>src data:image/png;base64,AAAA </p>",
                "<img src=\"data:image/svg+xml;base64,AAAA\">",
                "<img src=\"data:image/png,AAAA\">",
                "<img src=\"data:image/png;base64,\">",
                "<img src=\"data:image/png;base64,AAAA",
                "<p>data:image/png;base64,AAAA</p>",
            })
    void whatIsNoSuchPictureStays(String html) {
        assertThat(CallerBodies.plain(null, html).html()).isEqualTo(html);
    }
}
