package dev.flowmail.simulator.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ReceivedMailTest {
    private static final URI APPROVE = URI.create("http://localhost:8080/prefix/decide/AbC-_1");

    @Test
    void linksOfTheTextAreNamedByWhatStandsBeforeThem() {
        assertThat(mail("text/plain", "Hello\r\n\r\nApprove - " + APPROVE + "\r\n")
                        .textLinks())
                .containsExactly(new DecisionLink("Approve", APPROVE));
        assertThat(mail("text/plain", "Hello\r\n\r\nApprove:\r\n<" + APPROVE + ">\r\n")
                        .textLinks())
                .containsExactly(new DecisionLink("Approve", APPROVE));
    }

    @Test
    void aLabelIsFreeOfMarksOfDirection() {
        assertThat(mail("text/plain", "\u2068موافقة\u2069: " + APPROVE + "\r\n").textLinks())
                .containsExactly(new DecisionLink("موافقة", APPROVE));
    }

    @Test
    void linksOfTheHtmlAreNamedByTheirText() {
        ReceivedMail mail = mail(
                "text/html",
                "<p><a href=\"https://example.com/\">Home</a> <a href=\"" + APPROVE + "\"><b>Approve</b></a></p>");

        assertThat(mail.htmlLinks()).containsExactly(new DecisionLink("Approve", APPROVE));
        assertThat(mail.link("Approve")).isEqualTo(APPROVE);
    }

    @Test
    void aFilesBytesAreThere() {
        ReceivedMail mail =
                ReceivedMail.read("anna@example.com", """
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=b

                    --b

                    Hello
                    --b
                    Content-Type: text/csv
                    Content-Transfer-Encoding: base64
                    Content-Disposition: attachment; filename=a.csv

                    MSwy
                    --b--
                    """.replace("\n", "\r\n").getBytes(UTF_8));

        assertThat(mail.attachments())
                .extracting(ReceivedMail.AttachedFile::name)
                .containsExactly("a.csv");
        assertThat(mail.file(0)).asString(UTF_8).isEqualTo("1,2");
    }

    private static ReceivedMail mail(String type, String body) {
        String source = "From: flow@example.com\r\n"
                + "To: anna@example.com\r\n"
                + "Subject: Hello\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: "
                + type + "; charset=utf-8\r\n\r\n" + body;
        return ReceivedMail.read("anna@example.com", source.getBytes(UTF_8));
    }
}
