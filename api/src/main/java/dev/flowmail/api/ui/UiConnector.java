package dev.flowmail.api.ui;

import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Listens on the UI's port, on 127.0.0.1, with a few threads of its own. */
final class UiConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final int THREADS = 20;
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final int port;

    UiConnector(int port) {
        this.port = port;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            protocol.setMaxThreads(THREADS);
            protocol.setConnectionTimeout((int) SILENCE.toMillis());
        }
        factory.addAdditionalConnectors(connector);
    }
}
