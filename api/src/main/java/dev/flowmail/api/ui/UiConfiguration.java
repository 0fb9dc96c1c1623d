package dev.flowmail.api.ui;

import dev.flowmail.api.settings.DerivedSettings;
import dev.flowmail.api.settings.FlowmailProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The embedded server's UI, where that server is and a hidden address is to be had. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(DerivedSettings.EMBEDDED)
class UiConfiguration {

    @Bean
    HiddenAddress hiddenUi() {
        return HiddenAddress.choose();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> uiConnector(
            FlowmailProperties settings, HiddenAddress ui) {
        return ui.socket().isPresent() ? new UiConnector(settings.temporal().uiPort()) : factory -> {};
    }

    /** Before every other filter: what comes by this port is none of theirs. */
    @Bean
    FilterRegistrationBean<UiGuard> uiGuard(FlowmailProperties settings, HiddenAddress ui) {
        FilterRegistrationBean<UiGuard> guard = new FilterRegistrationBean<>(
                new UiGuard(settings.temporal().uiPort(), ui.socket().map(UiProxy::new)));
        guard.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return guard;
    }
}
