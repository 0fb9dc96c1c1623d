package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Fetching;
import dev.flowmail.activities.attachments.Limits;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.servers.Command;
import dev.flowmail.servers.Jdk;
import dev.flowmail.templates.Brand;
import dev.flowmail.templates.CodeMails;
import dev.flowmail.templates.DecisionMails;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Comments;
import io.temporal.common.Priority;
import io.temporal.failure.ApplicationFailure;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("load")
@Execution(CONCURRENT)
class SmallHeapTest {

    private static final int MAILS = 100;
    private static final URI PUBLIC_URL = URI.create("https://mail.flow.example/");

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(strings = {"<p>Please look at <b>this</b> order</p>", "\ufdfa", "<i>"})
    void aHundredMailsWithNineMegabytesEachEndInHalfAGigabyte(String piece) throws Exception {
        Command.Ended ended = new Command(
                        Jdk.program("java"),
                        "-Xmx512m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapTest.class.getName(),
                        data.toString(),
                        Base64.getEncoder().encodeToString(piece.getBytes(StandardCharsets.UTF_8)))
                .run();

        assertThat(ended.said()).contains("all " + MAILS + " ended");
    }

    /** Composes a request's mails all at once, as a worker does, and writes them away. */
    public static void main(String[] arguments) throws Exception {
        String piece = new String(Base64.getDecoder().decode(arguments[1]), StandardCharsets.UTF_8);
        String html = "<p>" + piece.repeat(9_000_000 / piece.getBytes(StandardCharsets.UTF_8).length);
        KeyRing keys = KeyRing.parse("test:" + Base64.getEncoder().encodeToString(new byte[32]));
        ScheduledExecutorService clock = Clock.start();
        ExecutorService workers = Executors.newFixedThreadPool(MAILS);
        try (AttachmentStore store = new AttachmentStore(
                Path.of(arguments[0]), keys, Limits.ofFile(25_000_000), Duration.ofDays(2), InstantSource.system())) {
            String kept = store.keepText("request-1", "html", html);
            html = "";
            Composer composer = new Composer(
                    new Bodies(
                            store,
                            new MailedCodes(
                                    link -> "code",
                                    link -> "K7QMP",
                                    link -> "code",
                                    (nonce, holder, outcome) -> "123456"),
                            new DecisionMails(Brand.FLOWMAIL)::render,
                            new CodeMails(Brand.FLOWMAIL)::render,
                            PUBLIC_URL),
                    attachments(store),
                    new MessageIds("mail.flow.example"));
            List<Callable<String>> mails = IntStream.range(0, MAILS)
                    .mapToObj(place -> (Callable<String>) () -> composed(composer, mail(place, kept), clock))
                    .toList();
            for (Future<String> mail : workers.invokeAll(mails)) {
                System.out.println(mail.get());
            }
            System.out.println("all " + MAILS + " ended");
        } finally {
            workers.shutdownNow();
            clock.shutdownNow();
        }
    }

    private static Attachments attachments(AttachmentStore store) {
        return new Attachments(store, new Fetching(store, (attachment, bucket, patience) -> {
            throw new UnsupportedOperationException();
        }));
    }

    private static String composed(Composer composer, Mail mail, ScheduledExecutorService clock) throws Exception {
        try (Attempt attempt = new Attempt(
                progress -> {},
                Progress.NONE,
                1,
                false,
                Priority.getDefaultInstance(),
                Duration.ofMinutes(15),
                clock,
                Duration.ofSeconds(15))) {
            ComposedMail composed = composer.compose(mail, Envelope.of(mail), false, attempt);
            // to write all of them takes minutes, and no more memory
            if (mail.question() != null && mail.question().recipient() % 10 == 0) {
                composed.message().writeTo(OutputStream.nullOutputStream());
            }
            return "composed";
        } catch (ApplicationFailure refused) {
            return refused.getType() + ": " + refused.getOriginalMessage();
        }
    }

    private static Mail mail(int recipient, String kept) {
        return TestMail.via(25)
                .to("b" + recipient + "@example.com")
                .text(null)
                .html(Content.stored(kept))
                .question(new Question(
                        "decision-0123456789abcdef0123456789abcdef01234567",
                        recipient,
                        0,
                        List.of("Approve", "Reject"),
                        Instant.parse("2026-03-03T14:30:00Z"),
                        Comments.OFF,
                        "en",
                        0,
                        null,
                        null,
                        null,
                        null))
                .build();
    }
}
