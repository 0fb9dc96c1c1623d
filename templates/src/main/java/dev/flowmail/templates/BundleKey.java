package dev.flowmail.templates;

import java.util.Locale;

/** The names of constants as the bundles write them. */
final class BundleKey {

    private BundleKey() {}

    /** {@code TIMED_OUT} is {@code timed-out}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
