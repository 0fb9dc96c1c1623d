package dev.flowmail.api.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyForm;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.receipts.MailHasher;
import dev.flowmail.activities.receipts.Receipts;
import dev.flowmail.activities.receipts.SigningKeys;
import dev.flowmail.workflows.receipt.ReceiptFacts;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

    private static final String MAIL = "Subject: Order\nContent-Type: text/plain\n\nPlease decide\n";

    private final Receipts receipts = new Receipts(
            new SigningKeys(new KeyRing(List.of(Key.generate(KeyForm.SIGNING)))),
            URI.create("https://mail.example.com"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private String receipt = "";
    private String keys = "";

    @BeforeEach
    void sign() throws Exception {
        keys = write("jwks.json", receipts.published().toString(true));
        receipt = write("receipt.jws", Objects.requireNonNull(receipts.sign(facts())) + "\n");
    }

    @Test
    void aGenuineReceiptIsPrinted() {
        assertThat(run(receipt, "--keys", keys)).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"status\" : \"Decided\"", "anna@example.com");
    }

    @Test
    void aForgedOneIsNot() throws IOException {
        String forged =
                write("forged.jws", Files.readString(Path.of(receipt)).strip().replaceAll("....$", "AAAA"));

        assertThat(run(forged, "--keys", keys)).isEqualTo(1);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("signature is wrong");
    }

    @Test
    void whatAForgedOneHoldsWritesNothingOfItsOwnOnTheTerminal() throws IOException {
        String header = """
            {"alg":"ES256","typ":"decision-receipt+jwt","kid":"\\u001b[2K\\rThe receipt is genuine.\\n%s"}
            """.formatted("x".repeat(10_000));
        String forged = write(
                "forged.jws",
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                        + ".e30.AAAA");

        assertThat(run(forged, "--keys", keys)).isEqualTo(1);

        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith("flowmail: ")
                .doesNotContain("\u001b", "\r")
                .hasLineCount(1)
                .hasSizeLessThan(300);
    }

    @Test
    void aMailOfManyPartsWithinEachOtherIsReadOrRefused() throws IOException {
        StringBuilder mail = new StringBuilder("Subject: Order\n");
        for (int depth = 0; depth < 20_000; depth++) {
            mail.append("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n".formatted(depth, depth));
        }

        assertThat(run(receipt, "--keys", keys, "--mail", write("deep.eml", mail.toString())))
                .isEqualTo(1);
        assertThat(messages.toString(StandardCharsets.UTF_8)).startsWith("flowmail: ");
    }

    @Test
    void theMailThatWasShownIsToldFromAnother() throws IOException {
        assertThat(run(receipt, "--keys", keys, "--mail", write("shown.eml", MAIL)))
                .isZero();
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("sent to anna@example.com");

        assertThat(run(receipt, "--keys", keys, "--mail", write("other.eml", MAIL.replace("decide", "pay"))))
                .isEqualTo(1);
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("differs in: text");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run("nowhere.jws", "--keys", keys)).isEqualTo(1);

        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("nowhere.jws cannot be read");
    }

    @Test
    void whatIsMissingOrTooMuchIsNamed() {
        assertThatThrownBy(() -> run("--keys", keys))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("RECEIPT");
        assertThatThrownBy(() -> run(receipt))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--keys");
        assertThatThrownBy(() -> run(receipt, receipt)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run(receipt, "--jwks", keys))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--jwks");
    }

    private int run(String... arguments) {
        VerifyCommand verify = new VerifyCommand(print(out), print(messages));
        CommandParser.read(CommandParser.of(verify), List.of(arguments));
        return verify.run();
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static ReceiptFacts facts() throws Exception {
        Instant at = Instant.parse("2026-11-28T10:00:00Z");
        MimeMessage mail = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(MAIL.getBytes(StandardCharsets.UTF_8)));
        return new ReceiptFacts(
                "decision-abc",
                "t",
                null,
                "Decided",
                new ReceiptFacts.Outcome("approve", "Approve"),
                "anna@example.com",
                at,
                List.of(),
                new ReceiptFacts.Rules(1, null, at),
                List.of(new ReceiptFacts.Shown("anna@example.com", List.of(MailHasher.of(mail)))));
    }
}
