package dev.flowmail.api.config;

import dev.flowmail.api.codec.PayloadJson;
import io.temporal.common.converter.DataConverter;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** How the parts are put together: one bean, one method. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FlowmailProperties.class)
class FlowmailConfiguration {

    @Bean
    DataDirectory dataDirectory(FlowmailProperties settings) {
        return DataDirectory.open(settings.dataDirectory());
    }

    @Bean
    KeyRings keyRings(FlowmailProperties settings, DataDirectory directory) {
        return KeyRings.open(settings.keys(), directory);
    }

    @Bean
    DataConverter mainDataConverter(KeyRings keys) {
        return PayloadJson.encrypted(keys.payloads());
    }

    /** Before every other filter: a browser asks by OPTIONS without credentials, and may read a 401 too. */
    @Bean
    FilterRegistrationBean<CorsFilter> codecCors(FlowmailProperties settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(codecOrigins(settings));
        cors.setAllowedMethods(List.of("POST"));
        cors.addAllowedHeader(CorsConfiguration.ALL);
        cors.setAllowCredentials(true);
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/codec/**", cors);
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(source));
        filter.addUrlPatterns("/codec/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    private static List<String> codecOrigins(FlowmailProperties settings) {
        int ui = settings.temporal().uiPort();
        return settings.codec().origins().isEmpty()
                ? List.of("http://localhost:" + ui, "http://127.0.0.1:" + ui)
                : settings.codec().origins();
    }
}
