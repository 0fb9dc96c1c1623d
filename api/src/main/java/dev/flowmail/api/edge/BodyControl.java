package dev.flowmail.api.edge;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/** What only the web server itself can do about a request's body. */
final class BodyControl {

    private static final String ATTRIBUTE = BodyControl.class.getName();

    private final org.apache.coyote.Request request;

    private BodyControl(org.apache.coyote.Request request) {
        this.request = request;
    }

    /** @throws IllegalStateException when no {@link Watch} has seen the request */
    static BodyControl of(HttpServletRequest request) {
        @Nullable Object line = request.getAttribute(ATTRIBUTE);
        if (line instanceof BodyControl known) {
            return known;
        }
        throw new IllegalStateException("The web server runs without its valve");
    }

    /** Tells a client that waits to be asked for the body ({@code Expect: 100-continue}) to send it. */
    void invite() {
        request.action(ActionCode.ACK, ContinueResponseTiming.ALWAYS);
    }

    /** Ends the connection with this answer: what is still to come of the body is never waited for. */
    void hangUp() {
        request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    boolean isBodyRead() {
        AtomicBoolean read = new AtomicBoolean();
        request.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }

    /** As in {@link jakarta.servlet.ServletInputStream}, which is closed once an answer is complete. */
    void setReadListener(ReadListener listener) {
        request.setReadListener(listener);
    }

    boolean isReady() {
        // asked after the end, the server would read on into the next request
        return !isBodyRead() && request.isReady();
    }

    /** Reads some of the body and forgets it; false at the end. */
    boolean skip() throws IOException {
        return request.doRead(new Chunk()) >= 0;
    }

    /** Where the web server puts what it has read, and where it looks for it: it may hold the next request's beginning. */
    private static final class Chunk implements ApplicationBufferHandler {
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // never asked of a chunk that was read
        }
    }

    /**
     * No thread ever waits for the rest of a body that nobody wants: whatever has gone unread when a request is answered
     * ends the connection. Where the client should rather read the answer first, {@link LeftoverFilter} saw to it.
     */
    static final class Watch extends ValveBase {

        Watch() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            BodyControl line = new BodyControl(request.getCoyoteRequest());
            request.setAttribute(ATTRIBUTE, line);
            getNext().invoke(request, response);
            if (!request.isAsync() && !line.isBodyRead()) {
                line.hangUp();
            }
        }
    }
}
