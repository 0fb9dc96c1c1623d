package dev.flowmail.api.settings;

import java.util.function.Supplier;

/**
 * What one setting must be.
 *
 * @param property e.g. {@code flowmail.stop-delay}
 */
record Rule(String property) {

    static Rule of(String property) {
        return new Rule(property);
    }

    /**
     * @param otherwise says what the setting must be, behind its name
     * @throws CannotStartException when it is not kept
     */
    void requires(boolean isKept, String otherwise) {
        if (!isKept) {
            throw new CannotStartException(SettingNames.spell(property) + " " + otherwise);
        }
    }

    /** @throws CannotStartException when the value is none of 1 to {@code most} */
    void requiresOneTo(int most, int value) {
        requires(value >= 1 && value <= most, "must be from 1 to " + most + ", not " + value + ".");
    }

    /**
     * A part's own reading of its text, whose faults name the setting.
     *
     * @throws CannotStartException when it has one
     */
    static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException wrong) {
            throw new CannotStartException(wrong.getMessage() + ".", wrong);
        }
    }
}
