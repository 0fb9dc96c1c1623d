package dev.flowmail.api.commands;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param operands what stands without a name
 */
record Arguments(Map<String, String> options, Map<String, Object> settings, List<String> operands) {

    private static final Set<String> HELP = Set.of("--help", "-h", "help");
    private static final String ASKS_FOR_HELP = "--help";

    /** @throws UsageException on the first argument that is not understood */
    static Arguments parse(List<String> arguments, Set<String> flags, Set<String> valued) {
        return parse(arguments, flags, valued, 0);
    }

    /**
     * @param most how many arguments may stand without a name
     * @throws UsageException on the first argument that is not understood
     */
    static Arguments parse(List<String> arguments, Set<String> flags, Set<String> valued, int most) {
        List<String> operands = new ArrayList<>();
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
            } else if (!argument.startsWith("-") && operands.size() < most) {
                operands.add(argument);
            } else {
                throw unknown(name);
            }
        }
        return new Arguments(options, settings, operands);
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
                                : "Unexpected argument; options begin with --.");
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

    /** @throws UsageException when nothing stands without a name; says what is missing */
    String only(String what) {
        return operands.stream()
                .findFirst()
                .orElseThrow(() -> new UsageException("An argument is missing: " + what + "."));
    }

    /**
     * The launcher works in the repository's directory, and tells where it was called.
     *
     * @throws UsageException when it cannot be a file's path
     */
    static Path fromCaller(String path) {
        try {
            return Path.of(System.getProperty("caller.directory", "")).resolve(path);
        } catch (InvalidPathException invalid) {
            throw new UsageException("An argument should be the path of a file, and is none.");
        }
    }

    /** Names and values may be personal. */
    @Override
    public String toString() {
        return "Arguments" + options.keySet();
    }
}
