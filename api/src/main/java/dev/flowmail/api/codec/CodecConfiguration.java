package dev.flowmail.api.codec;

import dev.flowmail.api.settings.FlowmailProperties;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Which pages may call the codec. */
@Configuration(proxyBeanMethods = false)
class CodecConfiguration {

    /** Before every other filter of this port: a browser asks by OPTIONS without credentials, and may read a 401 too. */
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
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    private static List<String> codecOrigins(FlowmailProperties settings) {
        int ui = settings.temporal().uiPort();
        return settings.codec().origins().isEmpty()
                ? List.of("http://localhost:" + ui, "http://127.0.0.1:" + ui)
                : settings.codec().origins();
    }
}
