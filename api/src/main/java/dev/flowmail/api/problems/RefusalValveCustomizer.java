package dev.flowmail.api.problems;

import dev.flowmail.api.settings.FlowmailProperties;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Has Tomcat report its own refusals our way. */
@Component
final class RefusalValveCustomizer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    private final RefusalValve valve;

    RefusalValveCustomizer(FlowmailProperties settings, ObjectProvider<MissingPage> missing) {
        this.valve = new RefusalValve(
                missing::getObject,
                "https".equalsIgnoreCase(settings.publicUrl().getScheme()));
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                // the host adds one of this class by itself, unless it has one
                host.setErrorReportValveClass(RefusalValve.class.getName());
                host.getPipeline().addValve(valve);
            }
        });
    }
}
