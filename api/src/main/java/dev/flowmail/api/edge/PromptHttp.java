package dev.flowmail.api.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 whose requests begin promptly: all of a request's header is there within the connection timeout of its first byte.
 * Tomcat's own timeout is for silence, and begins again with each byte. No thread waits: the connection ends with the first
 * byte that comes too late, or by silence. Made by Tomcat, by its name.
 */
public final class PromptHttp extends Http11NioProtocol {

    /** When the header began that a connection is in the middle of, in {@link System#nanoTime()}. */
    private final Cache<SocketWrapperBase<?>, Long> begun =
            Caffeine.newBuilder().weakKeys().build();

    /** As the class's name stands in the web server's factory. */
    public PromptHttp() {}

    @Override
    protected Processor createProcessor() {
        return new PromptProcessor(this);
    }

    private boolean isLate(SocketWrapperBase<?> connection) {
        @Nullable Long since = begun.getIfPresent(connection);
        return since != null && System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(getConnectionTimeout());
    }

    private void note(SocketWrapperBase<?> connection, boolean isInHeader) {
        if (isInHeader) {
            var ignored = begun.get(connection, unknown -> System.nanoTime());
        } else {
            begun.invalidate(connection);
        }
    }

    private static final class PromptProcessor extends Http11Processor {
        private final PromptHttp prompt;

        PromptProcessor(PromptHttp prompt) {
            super(prompt, prompt.getAdapter());
            this.prompt = prompt;
        }

        /** Called with each byte that comes before a request is whole, blank lines before it included. */
        @Override
        public SocketState service(SocketWrapperBase<?> connection) throws IOException {
            if (prompt.isLate(connection)) {
                return SocketState.CLOSED;
            }
            int before = request.getRequestProcessor().getRequestCount();
            SocketState state = super.service(connection);
            boolean isAnswered = isAsync() || request.getRequestProcessor().getRequestCount() > before;
            // also called when nothing has come: a connection that is kept may rest
            boolean hasBegun = request.getStartTimeNanos() >= 0;
            boolean goesOn = state == SocketState.LONG || state == SocketState.OPEN;
            prompt.note(connection, hasBegun && goesOn && !isAnswered);
            return state;
        }
    }
}
