package dev.flowmail.api.commands;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command's arguments.
 *
 * @param options by name, {@code --} included; a flag's value is empty
 * @param settings given as {@code --property=value}, as {@code serve} takes them too
 */
record Arguments(Map<String, String> options, Map<String, Object> settings) {

    private static final Set<String> HELP = Set.of("--help", "-h", "help");
    private static final String ASKS_FOR_HELP = "--help";

    /** @throws UsageException on the first argument that is not understood */
    static Arguments parse(List<String> arguments, Set<String> flags, Set<String> valued) {
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, Object> settings = new LinkedHashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int sign = argument.indexOf('=');
            String name = sign < 0 ? argument : argument.substring(0, sign);
            if (HELP.contains(argument)) {
                options.put(ASKS_FOR_HELP, "");
            } else if (sign > 0 && name.startsWith("--") && name.contains(".")) {
                settings.put(name.substring(2), argument.substring(sign + 1));
            } else if (flags.contains(argument)) {
                options.put(argument, "");
            } else if (valued.contains(name)) {
                String value = sign > 0 ? argument.substring(sign + 1) : rest.hasNext() ? rest.next() : "";
                add(options, name, value);
            } else {
                throw unknown(name);
            }
        }
        return new Arguments(options, settings);
    }

    private static void add(Map<String, String> options, String name, String value) {
        if (value.isBlank() || value.startsWith("--")) {
            throw new UsageException(name + " needs a value.");
        }
        if (options.put(name, value.strip()) != null) {
            throw new UsageException(name + " is given twice.");
        }
    }

    /** The name only: what follows a mistyped option may be a secret. */
    private static UsageException unknown(String name) {
        return new UsageException(
                name.startsWith("--password")
                        ? "There is no " + name
                                + ": everybody on this machine could read it among the running programs."
                                + " Set SMTP_PASSWORD, or be asked for the password."
                        : name.startsWith("-")
                                ? "There is no option " + name + "."
                                : "There is an argument too much; options begin with --.");
    }

    boolean asksForHelp() {
        return has(ASKS_FOR_HELP);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** Names and values may be personal. */
    @Override
    public String toString() {
        return "Arguments" + options.keySet();
    }
}
