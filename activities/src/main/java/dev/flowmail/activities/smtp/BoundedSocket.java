package dev.flowmail.activities.smtp;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ScheduledExecutorService;
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

    private final class Answers extends FilterInputStream {
        Answers(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int octets) throws IOException {
            answered += octets;
            if (answered > LARGEST_ANSWER) {
                throw new IOException("the server's answer does not end");
            }
        }
    }

    private final class Questions extends FilterOutputStream {
        Questions(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            answered = 0;
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            answered = 0;
            out.write(octets, offset, length);
        }
    }
}
