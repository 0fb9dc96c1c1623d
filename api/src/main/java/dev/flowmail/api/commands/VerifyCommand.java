package dev.flowmail.api.commands;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.receipts.MailHasher;
import dev.flowmail.activities.receipts.ReceiptCheck;
import dev.flowmail.activities.receipts.ReceiptException;
import dev.flowmail.workflows.receipt.MailHashes;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a receipt, and whether a mail is one of those that it tells of. Needs files only: no network, no settings. */
@CommandLine.Command(
        name = "verify",
        header = "Checks a decision receipt, without a network.",
        description = {"", "Prints the receipt's claims and exits 0, or says what is wrong and exits 1."},
        customSynopsis = "./flowmail verify RECEIPT --keys JWKS [--mail EMAIL]",
        parameterListHeading = "%n")
final class VerifyCommand implements Command {

    @Parameters(
            paramLabel = "RECEIPT",
            description = "file with the receipt (the output Receipt, or what a recipient downloaded)")
    private @Nullable Path receipt;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "JWKS",
            description = "file with Flowmail's public keys, as published at /.well-known/jwks.json")
    private @Nullable Path keys;

    @Option(
            names = "--mail",
            paramLabel = "EMAIL",
            description = "file with an email as it was received (.eml): also checks that it is one that was shown")
    private @Nullable Path mail;

    private final PrintStream out;
    private final PrintStream messages;

    VerifyCommand(PrintStream out, PrintStream messages) {
        this.out = out;
        this.messages = messages;
    }

    @Override
    public int run() {
        return check(Objects.requireNonNull(receipt), Objects.requireNonNull(keys), Optional.ofNullable(mail));
    }

    private int check(Path receipt, Path keys, Optional<Path> mail) {
        try {
            ReceiptCheck check = ReceiptCheck.of(read(receipt), read(keys));
            Map<String, Object> claims = check.claims();
            String mailbox = mail.isPresent() ? check.mailbox(hashes(mail.get())) : null;
            out.println(FlowJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(claims));
            messages.println("The receipt is genuine.");
            if (mailbox != null) {
                messages.println("The email is the one that was sent to " + mailbox + ".");
            }
            return Commands.DONE;
        } catch (ReceiptException wrong) {
            messages.println("flowmail: " + wrong.getMessage());
            return Commands.FAILED;
        } catch (IOException unreadable) {
            messages.println("flowmail: " + unreadable.getMessage() + " cannot be read.");
            return Commands.FAILED;
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IOException(file.toString(), unreadable);
        }
    }

    private static MailHashes hashes(Path file) throws IOException {
        try (InputStream mail = Files.newInputStream(file)) {
            return MailHasher.of(new MimeMessage(Session.getInstance(new Properties()), mail));
        } catch (IOException | MessagingException unreadable) {
            throw new IOException(file.toString(), unreadable);
        }
    }
}
