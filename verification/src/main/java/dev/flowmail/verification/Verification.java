package dev.flowmail.verification;

import java.util.Arrays;

/** The program behind {@code ./flowmail drill} and {@code ./flowmail bench}: the first argument says which. */
public final class Verification {

    private Verification() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "" : arguments[0];
        String[] options = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (command) {
            case "drill" ->
                System.exit(
                        SchedulesCommand.isMeant(options) ? SchedulesCommand.run(options) : DrillCommand.run(options));
            case "bench" -> System.exit(BenchCommand.run(options));
            case BenchCommand.PART -> BenchCommand.playPart(options);
            default -> {
                System.err.println("There is drill and bench, not \"" + command + "\"");
                System.exit(2);
            }
        }
    }
}
