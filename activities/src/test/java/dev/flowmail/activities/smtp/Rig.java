package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.Buckets;
import dev.flowmail.activities.attachments.Downloads;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.templates.Brand;
import dev.flowmail.templates.CodeMails;
import dev.flowmail.templates.DecisionMail;
import dev.flowmail.templates.DecisionMails;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Runs the activities as a Temporal worker does, one attempt a call. */
final class Rig implements AutoCloseable {
    private static final URI PUBLIC_URL = URI.create("https://mail.flow.example/base/");

    final MemoryFiles files = new MemoryFiles();
    final List<Progress> heartbeats = Collections.synchronizedList(new ArrayList<>());
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private final GuardedHttp http;
    private final SmtpMailActivities activities;
    private final Buckets buckets;

    private final Duration heartbeatTimeout;

    private Rig(NetworkGuard guard, SSLContext trust, Pace pace) {
        this(guard, trust, pace, Rig::linksOnly, null);
    }

    private static RenderedMail linksOnly(DecisionMail mail) {
        return new RenderedMail(
                mail.links().stream()
                        .map(link -> link.label() + " - " + link.address())
                        .collect(Collectors.joining("\n")),
                "<p>" + mail.from() + "</p>");
    }

    private Rig(
            NetworkGuard guard,
            SSLContext trust,
            Pace pace,
            Function<DecisionMail, RenderedMail> decisionMails,
            @Nullable OperatorsServer operators) {
        // Temporal's client holds heartbeats back for most of this time
        heartbeatTimeout = pace.heartbeats().multipliedBy(4);
        http = new GuardedHttp(guard, trust);
        buckets = new Buckets(guard);
        activities = new SmtpMailActivities(
                guard,
                new AccessTokens(http),
                files,
                new Downloads(http),
                buckets,
                new MailedCodes(
                        link -> "code-" + link.recipient() + "-" + link.outcome(),
                        link -> "K7QMP",
                        link -> "check-" + link.recipient(),
                        (nonce, holder, outcome) -> "123456"),
                decisionMails,
                new CodeMails(Brand.FLOWMAIL)::render,
                PUBLIC_URL,
                trust,
                SmtpLimits.USUAL,
                operators,
                pace);
        temporal.registerActivitiesImplementations(activities);
        temporal.setActivityHeartbeatListener(Progress.class, heartbeats::add);
    }

    static Rig start() throws NoSuchAlgorithmException {
        return trusting(SSLContext.getDefault());
    }

    static Rig trusting(SSLContext trust) {
        return new Rig(Rig::loopback, trust, Pace.USUAL);
    }

    static Rig writingRealMails(SSLContext trust) {
        return new Rig(Rig::loopback, trust, Pace.USUAL, new DecisionMails(Brand.FLOWMAIL)::render, null);
    }

    /** Lets nothing be dialled but the operator's server. */
    static Rig with(OperatorsServer operators) throws NoSuchAlgorithmException {
        return new Rig(
                (host, port) -> {
                    throw new NetworkGuard.AddressRefusedException(host);
                },
                SSLContext.getDefault(),
                Pace.USUAL,
                Rig::linksOnly,
                operators);
    }

    static Rig guardedBy(NetworkGuard guard) throws NoSuchAlgorithmException {
        return new Rig(guard, SSLContext.getDefault(), Pace.USUAL);
    }

    static Rig beatingEvery(Duration heartbeats) throws NoSuchAlgorithmException {
        return at(new Pace(heartbeats, Pace.USUAL.longestIdle(), Pace.USUAL.surelyAlive()));
    }

    static Rig at(Pace pace) throws NoSuchAlgorithmException {
        return new Rig(Rig::loopback, SSLContext.getDefault(), pace);
    }

    void rehearse() {
        activities.rehearse();
    }

    Delivery send(Mail mail) {
        return send(mail, Duration.ofMinutes(15));
    }

    Delivery send(Mail mail, Duration startToClose) {
        ActivityOptions options = ActivityOptions.newBuilder()
                .setStartToCloseTimeout(startToClose)
                .setHeartbeatTimeout(heartbeatTimeout)
                .build();
        return temporal.newActivityStub(MailActivities.class, options).sendMail(mail);
    }

    /** Sends a mail that must fail. */
    ApplicationFailure fail(Mail mail) {
        return fail(mail, Duration.ofMinutes(15));
    }

    ApplicationFailure fail(Mail mail, Duration startToClose) {
        try {
            send(mail, startToClose);
        } catch (ActivityFailure failure) {
            if (failure.getCause() instanceof ApplicationFailure cause) {
                return cause;
            }
            throw failure;
        }
        throw new AssertionError("The mail did not fail.");
    }

    /** Makes the next call another attempt, after one with these heartbeats. */
    void resume(Progress progress) {
        temporal.setHeartbeatDetails(progress);
    }

    TestActivityEnvironment temporal() {
        return temporal;
    }

    void forgetAttachments(String requestId) {
        temporal.newActivityStub(MailActivities.class).forgetAttachments(requestId);
    }

    @Override
    public void close() {
        temporal.close();
        activities.close();
        buckets.close();
        try {
            http.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<InetAddress> loopback(String host, int port) {
        return List.of(InetAddress.getLoopbackAddress());
    }
}
