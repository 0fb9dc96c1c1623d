package dev.flowmail.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The template engine with the message bundles behind it. Every template finds {@code words}, {@code brand} and {@code footer}. */
final class Templates {

    static final String FOLDER = "dev/flowmail/templates/";

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final Brand brand;
    /** Never more than languages with texts, each in the regions there are. */
    private final Map<Locale, Words> words = new ConcurrentHashMap<>();

    Templates(Brand brand) {
        this.brand = brand;
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
        resolver.setPrefix(FOLDER);
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        engine.setTemplateResolver(resolver);
        engine.setTemplateEngineMessageSource(brand.messages());
    }

    String render(String template, Locale locale, Map<String, Object> model) {
        Map<String, Object> variables = new HashMap<>(model);
        variables.put("words", words(locale));
        variables.put("brand", brand);
        variables.put("footer", brand.footer(locale));
        return engine.process(template, new Context(locale, variables));
    }

    Words words(Locale locale) {
        return words.computeIfAbsent(locale, any -> new Words(brand.messages(), any));
    }

    static MessageSource bundles() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBundleClassLoader(Templates.class.getClassLoader());
        messages.setBasename(FOLDER + "messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    static String resource(String name) {
        try (InputStream stream = Templates.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The resource " + name + " is missing from the class path.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
