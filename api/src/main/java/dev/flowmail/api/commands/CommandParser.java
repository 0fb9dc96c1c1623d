package dev.flowmail.api.commands;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads arguments into a command's annotated fields, from which its help is made as well. */
final class CommandParser {

    private static final int WIDTH = 110;

    private CommandParser() {}

    /** A command with its help. */
    static CommandLine of(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("--help", "-h")
                        .usageHelp(true)
                        .description("print this, and start nothing")
                        .build())
                .usageMessage()
                .width(WIDTH)
                .abbreviateSynopsis(false);
        // arguments are addresses, paths and names as people have them: nothing in them means anything else
        return line.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setUnmatchedOptionsArePositionalParams(false)
                .registerConverter(Path.class, CommandParser::fromCaller);
    }

    /**
     * Fills the command's fields.
     *
     * @return whether only its help is asked for
     * @throws UsageException on the first argument that is not understood
     */
    static boolean read(CommandLine line, List<String> arguments) {
        // before what is missing: perhaps it is there, and mistyped
        arguments.stream()
                .filter(argument -> argument.startsWith("-"))
                .filter(argument -> !line.getCommandSpec().optionsMap().containsKey(name(argument)))
                .findFirst()
                .ifPresent(argument -> {
                    throw unknown(name(argument));
                });
        try {
            CommandLine.ParseResult result = line.parseArgs(arguments.toArray(String[]::new));
            if (result.isUsageHelpRequested()) {
                return true;
            }
            result.matchedOptions().stream()
                    .filter(option -> option.stringValues().stream().anyMatch(String::isBlank))
                    .findFirst()
                    .ifPresent(option -> {
                        throw needsValue(option);
                    });
            return false;
        } catch (ParameterException wrong) {
            throw told(wrong, arguments);
        }
    }

    private static UsageException told(ParameterException wrong, List<String> arguments) {
        if (wrong instanceof UnmatchedArgumentException) {
            return new UsageException("Unexpected argument; options begin with --.");
        }
        if (wrong instanceof MissingParameterException missing) {
            ArgSpec argument = missing.getMissing().get(0);
            boolean isThere = arguments.stream().anyMatch(name(argument)::equals);
            return isThere ? needsValue(argument) : missing(argument);
        }
        ArgSpec argument = wrong.getArgSpec();
        if (argument == null) {
            return new UsageException("The arguments are not understood.");
        }
        return new UsageException(name(argument)
                + (wrong instanceof OverwrittenOptionException
                        ? " is given twice."
                        : " has a value that it cannot have."));
    }

    private static UsageException missing(ArgSpec argument) {
        return new UsageException(
                argument.isOption()
                        ? name(argument) + " is missing: " + argument.description()[0] + "."
                        : "An argument is missing: " + name(argument) + ", the " + argument.description()[0] + ".");
    }

    private static UsageException needsValue(ArgSpec argument) {
        return new UsageException(name(argument) + " needs a value.");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** What follows a mistyped option may be a secret. */
    private static String name(String argument) {
        int sign = argument.indexOf('=');
        return sign < 0 ? argument : argument.substring(0, sign);
    }

    private static UsageException unknown(String option) {
        return new UsageException("There is no option " + option
                + (option.startsWith("--password")
                        ? ": everybody on this machine could read it among the running programs. Set SMTP_PASSWORD, or be"
                                + " asked for the password."
                        : "."));
    }

    /** The launcher works in the repository's directory, and tells where it was called. */
    private static Path fromCaller(String path) {
        try {
            return Path.of(System.getProperty("caller.directory", "")).resolve(path);
        } catch (InvalidPathException invalid) {
            throw new TypeConversionException("not a path");
        }
    }
}
