package dev.flowmail.api.edge;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Reads on for a while after a body was refused: a caller who is still sending when the connection closes never sees the
 * 401 or 413.
 */
@Component
final class SwallowCustomizer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    private static final int MOST = 64 * 1024 * 1024;

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxSwallowSize(MOST);
            }
        });
    }
}
