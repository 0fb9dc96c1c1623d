package dev.flowmail.api.edge;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Has Tomcat read no body by itself, neither a form's fields nor what a refused request still sends, and wait for no header
 * that comes byte by byte.
 */
@Component
final class WebServerCustomizer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addEngineValves(new BodyControl.Watch());
        if (factory instanceof TomcatWebServerFactory tomcat) {
            tomcat.setProtocol(PromptHttp.class.getName());
        }
        factory.addConnectorCustomizers(connector -> {
            connector.setParseBodyMethods("");
            // refused by a filter, but for recipients' links
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                // a client that asks before it sends is asked for the body once login and code are known to be right
                http.setContinueResponseTiming("onRead");
            }
        });
    }
}
