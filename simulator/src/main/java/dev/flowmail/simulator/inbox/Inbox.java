package dev.flowmail.simulator.inbox;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A mail server on 127.0.0.1 that takes every mail, signed in or not, and keeps it in memory, across stop and start. */
public final class Inbox implements AutoCloseable {
    private final int port;
    private final List<ReceivedMail> mails = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch replies = new CountDownLatch(0);
    private @Nullable GreenMail server;

    /** Listens at once. */
    public Inbox(int port) {
        this.port = port;
        start();
    }

    /** The SMTP port. */
    public int port() {
        return port;
    }

    /** Listens again after {@link #close()}. */
    public synchronized void start() {
        GreenMail starting = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        starting.start();
        GreenMailUser everybody = starting.setUser("everybody", "");
        starting.getUserManager().setAuthRequired(false);
        starting.getUserManager().setMessageDeliveryHandler((message, recipient) -> {
            mails.add(ReceivedMail.read(recipient.getEmail(), source(message)));
            listeners.forEach(Runnable::run);
            awaitRelease();
            return everybody;
        });
        server = starting;
    }

    /** Closes every connection and refuses new ones. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    /** Calls a listener, which must not block, whenever a mail has come. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Keeps mails as they come but holds the 250 back, until {@link #releaseReplies()}. */
    public void holdReplies() {
        replies = new CountDownLatch(1);
    }

    /** Sends the replies that were held back. */
    public void releaseReplies() {
        replies.countDown();
    }

    private void awaitRelease() {
        try {
            replies.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every mail, oldest first; one for each recipient in an envelope. */
    public List<ReceivedMail> mails() {
        return List.copyOf(mails);
    }

    /** The mails to an address, oldest first. */
    public List<ReceivedMail> mailsTo(String address) {
        return mails.stream().filter(mail -> mail.recipient().equals(address)).toList();
    }

    private static byte[] source(MovingMessage message) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            message.getMessage().writeTo(bytes);
            return bytes.toByteArray();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
