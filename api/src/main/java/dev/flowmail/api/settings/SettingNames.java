package dev.flowmail.api.settings;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** The names of Flowmail's own settings, in all their spellings. */
public final class SettingNames {

    /** Where Kubernetes writes the addresses of a Service that is called flowmail: nobody's settings. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("FLOWMAIL_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

    static final String PREFIX = "flowmail";
    private static final Pattern OURS = Pattern.compile("flowmail[._-].*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST_INDEX = Pattern.compile("(\\[\\d+]|_\\d+_?)$");

    /** Settings that have the names in the environment that Temporal's own programs know. */
    static final List<String> TEMPORALS =
            List.of("flowmail.temporal.cli", "flowmail.temporal.deployment-name", "flowmail.temporal.worker-build-id");

    /** Property names by what is left of them without case and separators. */
    private final Map<String, String> known = new LinkedHashMap<>();

    private final List<String> neverEmpty = new ArrayList<>();

    public SettingNames() {
        collect(PREFIX, FlowmailProperties.class);
    }

    private void collect(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (isPart(component.getType())) {
                collect(name, component.getType());
                continue;
            }
            known.put(bare(name), name);
            if (hasDefault(type, component)) {
                neverEmpty.add(name);
            }
        }
    }

    private static boolean isPart(Class<?> type) {
        return type.isRecord() && type.getPackage().equals(FlowmailProperties.class.getPackage());
    }

    /** The annotation stands on the constructor's parameter only: it has no other target. */
    private static boolean hasDefault(Class<?> type, RecordComponent component) {
        RecordComponent[] components = type.getRecordComponents();
        for (int index = 0; index < components.length; index++) {
            if (components[index].getName().equals(component.getName())) {
                DefaultValue value =
                        type.getDeclaredConstructors()[0].getParameters()[index].getAnnotation(DefaultValue.class);
                return value != null && value.value().length > 0;
            }
        }
        return false;
    }

    /** Every setting, as property. */
    Collection<String> properties() {
        return known.values();
    }

    /** How messages call a setting: as environment variable, then as property. */
    public static String spell(String property) {
        return inEnvironment(property) + " (" + property + ")";
    }

    static String inEnvironment(String property) {
        return TEMPORALS.contains(property)
                ? inUpperCase(property.substring(PREFIX.length() + 1))
                : inUpperCase(property);
    }

    private static String inUpperCase(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /**
     * Looks at every name that is set.
     *
     * @throws CannotStartException on the first that looks like one of ours and is none, or is empty and must not be
     */
    public void check(ConfigurableEnvironment environment) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            // Spring's own view of all the others is no source of settings
            if (source instanceof EnumerablePropertySource<?> settings
                    && !source.getName().equals("configurationProperties")) {
                for (String name : settings.getPropertyNames()) {
                    check(name, String.valueOf(settings.getProperty(name)));
                }
            }
        }
        for (String name : neverEmpty) {
            if ("".equals(environment.getProperty(name, "-").strip())) {
                throw new CannotStartException(spell(name) + " is empty: give it a value or remove it.");
            }
        }
    }

    private void check(String name, String value) {
        if (!OURS.matcher(name).matches() || isServiceLink(name, value)) {
            return;
        }
        if (known.containsKey(bare(name))
                || known.containsKey(bare(LIST_INDEX.matcher(name).replaceFirst("")))) {
            return;
        }
        throw new CannotStartException(name + " is not a setting of Flowmail."
                + meant(name).map(right -> " Did you mean " + right + "?").orElse(" Remove it."));
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches() || (name.equals("FLOWMAIL_PORT") && value.contains("://"));
    }

    private Optional<String> meant(String name) {
        return Misspelling.of(bare(name), known)
                .map(right -> right.contains(".") && !name.contains(".") ? inEnvironment(right) : right);
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
