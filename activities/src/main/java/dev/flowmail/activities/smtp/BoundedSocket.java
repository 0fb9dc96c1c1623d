package dev.flowmail.activities.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.commons.io.input.ProxyInputStream;
import org.apache.commons.io.output.ProxyOutputStream;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/** A socket whose writes end in time, and which takes only so much for an answer: the mail library would keep any amount. */
final class BoundedSocket extends WriteTimeoutSocket {
    /** A certificate with its chain is the largest answer. */
    private static final long LARGEST_ANSWER = 256L * 1024;

    private long answered;

    BoundedSocket(Socket socket, int writeTimeout, ScheduledExecutorService clock) throws IOException {
        super(socket, writeTimeout, clock);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Answers(super.getInputStream());
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        return new Questions(super.getOutputStream());
    }

    private final class Answers extends ProxyInputStream {
        Answers(InputStream in) {
            super(in);
        }

        @Override
        protected void afterRead(int count) throws IOException {
            answered += Math.max(0, count);
            if (answered > LARGEST_ANSWER) {
                throw new IOException("the server's answer does not end");
            }
        }
    }

    private final class Questions extends ProxyOutputStream {
        Questions(OutputStream out) {
            super(out);
        }

        @Override
        protected void beforeWrite(int count) {
            answered = 0;
        }
    }
}
