package dev.flowmail.api.settings;

import static dev.flowmail.api.settings.SettingNames.spell;

import dev.flowmail.activities.keys.KeyForm;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.network.Allowance;
import dev.flowmail.activities.network.FlowHost;
import dev.flowmail.activities.network.ForwardProxy;
import dev.flowmail.activities.receipts.SigningKeys;
import dev.flowmail.activities.smtp.SmtpLimits.Rate;
import dev.flowmail.api.settings.AttachmentProperties.Store;
import dev.flowmail.workflows.decision.TimeZones;
import java.beans.PropertyEditorSupport;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

/** Binds the settings to {@link FlowmailProperties}. What cannot be read is told, and taken as if it had not been set. */
final class SettingsBinder extends AbstractBindHandler {

    /** What these must be, for error sentences. */
    private static final Map<Class<?>, String> MUST_BE = Map.of(
            ZoneId.class, TimeZones.FORM,
            Rate.class, "mails per second, minute or hour, e.g. 5/s, 30/m or 1000/h",
            Store.class, "directory or s3");

    private static final Map<Class<?>, String> FORMS = Map.of(
            Duration.class, "an ISO-8601 duration such as P30D or PT48H",
            int.class, "a whole number",
            Boolean.class, "true or false",
            DataSize.class, "a size such as 25MB");

    private final Consumer<CannotStartException> mistakes;
    private final List<ConfigurationPropertyName> wrong = new ArrayList<>();

    private SettingsBinder(Consumer<CannotStartException> mistakes) {
        this.mistakes = mistakes;
    }

    /** @param mistakes is told of each setting that cannot be read */
    static FlowmailProperties bind(ConfigurableEnvironment environment, Consumer<CannotStartException> mistakes) {
        return new Binder(
                        ConfigurationPropertySources.get(environment),
                        new PropertySourcesPlaceholdersResolver(environment),
                        conversions(),
                        editors -> editors.registerCustomEditor(ZoneId.class, new ZoneByName()),
                        null)
                .bindOrCreate("flowmail", Bindable.of(FlowmailProperties.class), new SettingsBinder(mistakes));
    }

    private static ConversionService conversions() {
        ApplicationConversionService service = new ApplicationConversionService();
        service.addConverter(String.class, Rate.class, Rate::parse);
        service.addConverter(String.class, Allowance.class, entry -> Rule.read(() -> Allowance.parse(entry)));
        service.addConverter(String.class, ForwardProxy.class, proxy -> Rule.read(() -> ForwardProxy.parse(proxy)));
        service.addConverter(String.class, FlowHost.class, host -> Rule.read(() -> FlowHost.parse(host)));
        service.addConverter(String.class, KeyRing.class, keys -> keys(keys, KeyForm.SECRET));
        service.addConverter(String.class, SigningKeys.class, keys -> new SigningKeys(keys(keys, KeyForm.SIGNING)));
        return service;
    }

    private static KeyRing keys(String setting, KeyForm form) {
        try {
            return KeyRing.parse(setting, form);
        } catch (IllegalArgumentException wrong) {
            throw new WrongKeysException(wrong);
        }
    }

    /** Keys that cannot be read; says why, without any of them. */
    private static final class WrongKeysException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        WrongKeysException(IllegalArgumentException why) {
            super(why.getMessage());
        }
    }

    /** Spring's own editor knows one spelling of a name only. */
    private static final class ZoneByName extends PropertyEditorSupport {
        @Override
        public void setAsText(String name) {
            setValue(TimeZones.parse(name).orElseThrow(IllegalArgumentException::new));
        }
    }

    /** An empty setting is none. */
    @Override
    public @Nullable Object onSuccess(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
        return isEmpty(name, context) ? null : result;
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
        // the entries of a list behind a wrong one
        boolean isLeftOver = error instanceof UnboundConfigurationPropertiesException
                && wrong.stream().anyMatch(name::isAncestorOf);
        if (!isEmpty(name, context) && !isLeftOver) {
            wrong.add(name);
            mistakes.accept(mistake(name, target.getType().resolve(), error));
        }
        return null;
    }

    private static boolean isEmpty(ConfigurationPropertyName name, BindContext context) {
        var property = context.getConfigurationProperty();
        return property != null
                && property.getName().equals(name)
                && String.valueOf(property.getValue()).isBlank();
    }

    private static CannotStartException mistake(
            ConfigurationPropertyName name, @Nullable Class<?> type, Exception error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStartException said) {
                return said;
            }
            if (cause instanceof WrongKeysException keys) {
                return KeySetting.wrong(spell(name.toString()), keys);
            }
        }
        // the value is not repeated: a secret may have been put into the wrong place
        String needed = type != null && MUST_BE.containsKey(type)
                ? " must be " + MUST_BE.get(type)
                : " cannot be read: write " + form(type);
        return new CannotStartException(spell(name.toString()) + needed + ".", error);
    }

    private static String form(@Nullable Class<?> type) {
        if (type != null && type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        return type == null ? "a single plain value" : FORMS.getOrDefault(type, "a single plain value");
    }
}
