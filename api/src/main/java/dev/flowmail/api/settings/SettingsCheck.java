package dev.flowmail.api.settings;

import static dev.flowmail.api.settings.DerivedSettings.EMBEDDED;
import static dev.flowmail.api.settings.DerivedSettings.STOP_DELAY;
import static dev.flowmail.api.settings.DerivedSettings.TARGET;
import static dev.flowmail.api.settings.SettingNames.spell;

import dev.flowmail.templates.Brand;
import dev.flowmail.templates.BrandException;
import dev.flowmail.workflows.decision.TimeZones;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Reads the settings before any bean exists, and hands them to the beans. The first mistake stops the start with one
 * {@link CannotStartException}. What concerns one part of {@link FlowmailProperties} alone is checked there; here is what
 * concerns several; of Spring's own settings: {@link SpringSettings}.
 */
public final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);

    /** Whoever asks later than this has no hurry to find out. */
    private static final Duration LONGEST_STOP_DELAY = Duration.ofMinutes(5);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        FlowmailProperties settings = read(environment);
        ListeningAddress.of(environment).requireFree();
        context.getBeanFactory().registerSingleton("flowmailProperties", settings);
        // all that follows takes some seconds
        LOG.info("Starting        {}", settings.publicUrl());
    }

    /**
     * The settings, where none of them is wrong.
     *
     * @throws CannotStartException for the first mistake
     */
    public static FlowmailProperties read(ConfigurableEnvironment environment) {
        Examined examined = examine(environment);
        if (!examined.mistakes().isEmpty()) {
            throw examined.mistakes().get(0);
        }
        return Objects.requireNonNull(examined.settings());
    }

    /**
     * What the settings are.
     *
     * @param settings what cannot be read is as if it had not been set; null when those are wrong that others follow from
     * @param mistakes in the order of their weight; each message names its setting and the remedy
     */
    public record Examined(@Nullable FlowmailProperties settings, List<CannotStartException> mistakes) {}

    /** Looks for every mistake in the settings, and adds to the environment those that follow from others. */
    public static Examined examine(ConfigurableEnvironment environment) {
        List<CannotStartException> mistakes = new ArrayList<>();
        attempt(mistakes, () -> new SettingNames().check(environment));
        @Nullable FlowmailProperties settings = null;
        try {
            DerivedSettings.addTo(environment);
            settings = SettingsBinder.bind(environment, mistakes::add);
            check(settings, environment, mistakes);
        } catch (CannotStartException mistake) {
            mistakes.add(mistake);
        }
        return new Examined(settings, mistakes);
    }

    private static void check(
            FlowmailProperties settings, Environment environment, List<CannotStartException> mistakes) {
        boolean isEmbedded = environment.getRequiredProperty(EMBEDDED, Boolean.class);
        attempt(mistakes, () -> checkBrand(settings.brandDirectory()));
        attempt(mistakes, () -> checkStopDelay(settings.stopDelay()));
        attempt(mistakes, () -> checkTimeZone(settings.timeZone()));
        attempt(mistakes, settings.attachments()::checkBucket);
        attempt(mistakes, settings.auth()::check);
        attempt(mistakes, () -> ClientCertificates.check(environment));
        if (!isEmbedded) {
            for (KeySetting which : KeySetting.values()) {
                attempt(mistakes, () -> which.require(environment));
            }
        }
        attempt(mistakes, () -> SpringSettings.checkTraces(environment));
        attempt(mistakes, () -> {
            if (isEmbedded) {
                settings.temporal().requireOtherPortsThan(environment.getRequiredProperty("server.port", int.class));
            } else {
                SpringSettings.checkTarget(environment.getRequiredProperty(TARGET));
            }
        });
    }

    private static void attempt(List<CannotStartException> mistakes, Runnable check) {
        try {
            check.run();
        } catch (CannotStartException mistake) {
            mistakes.add(mistake);
        }
    }

    private static void checkBrand(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try {
            var ignored = Brand.read(directory);
        } catch (BrandException mistake) {
            throw new CannotStartException(spell("flowmail.brand-directory") + ": " + mistake.getMessage(), mistake);
        }
    }

    private static void checkStopDelay(Duration delay) {
        Rule.of(STOP_DELAY)
                .requires(
                        !delay.isNegative() && delay.compareTo(LONGEST_STOP_DELAY) <= 0,
                        "must be from PT0S to PT5M, not " + delay + ".");
    }

    /** Spring reads offsets too. */
    private static void checkTimeZone(ZoneId zone) {
        Rule.of("flowmail.time-zone")
                .requires(TimeZones.parse(zone.getId()).isPresent(), "must be " + TimeZones.FORM + ".");
    }
}
