package dev.flowmail.activities.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource({
        "report.pdf, report.pdf",
        "Jahresbericht – größer.pdf, Jahresbericht – größer.pdf",
        "報告書.docx, 報告書.docx",
        "../../etc/passwd, passwd",
        "C:\\Users\\me\\offer.doc, offer.doc",
        "/absolute/path.txt, path.txt",
        ".profile, .profile",
        "' padded.txt ', padded.txt",
        "腫瘍瘊.pdf, 腫瘍瘊.pdf",
        "می‌خواهم.pdf, می‌خواهم.pdf",
    })
    void theLastPathSegmentIsTheName(String given, String name) {
        assertThat(FileName.safe(given)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ".", "..", "...", "folder/", "..\\", "\0\r\n", "\u202E", "\uD800"})
    void aNameOfWhichNothingIsLeftIsFile(String given) {
        assertThat(FileName.safe(given)).isEqualTo("file");
    }

    @Test
    void controlsAndTextDirectionsAreTakenOut() {
        assertThat(FileName.safe("a\r\nBcc: x\0y\u007F.txt")).isEqualTo("aBcc: xy.txt");
        assertThat(FileName.safe("gpj\u202Efdp.exe\u2028\u2066\u200B\uDC00")).isEqualTo("gpjfdp.exe");
        assertThat(FileName.safe("\uD83D\uDE80.txt")).isEqualTo("\uD83D\uDE80.txt");
    }

    @Test
    void aLongNameIsCutBeforeItsExtension() {
        assertThat(FileName.safe("x".repeat(1000) + ".pdf")).hasSize(255).endsWith("xx.pdf");
        assertThat(FileName.safe("x".repeat(1000))).hasSize(255);
        assertThat(FileName.safe("a." + "x".repeat(1000))).hasSize(255).startsWith("a.xx");
        assertThat(FileName.safe("\uD83D\uDE80".repeat(200) + ".pdf"))
                .hasSize(254)
                .endsWith("\uD83D\uDE80.pdf");
    }
}
