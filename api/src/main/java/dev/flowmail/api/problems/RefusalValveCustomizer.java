package dev.flowmail.api.problems;

import dev.flowmail.api.settings.FlowmailProperties;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Has Tomcat report its own refusals our way. */
@Component
final class RefusalValveCustomizer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    private final Class<? extends RefusalValve> valve;

    RefusalValveCustomizer(FlowmailProperties settings) {
        this.valve = "https".equalsIgnoreCase(settings.publicUrl().getScheme())
                ? RefusalValve.OverTls.class
                : RefusalValve.class;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(valve.getName());
            }
        });
    }
}
