package dev.flowmail.verification.bench;

import dev.flowmail.verification.bench.bare.Bare;
import dev.flowmail.verification.bench.bare.EmptyApplication;
import java.util.Arrays;
import java.util.concurrent.Executors;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The roles in which this program helps the bench. */
public final class Parts {

    private Parts() {}

    /**
     * Plays a role until the bench is gone.
     *
     * @param arguments the first one is what the role is given, if it is given anything
     */
    public static void play(String role, String[] arguments) {
        if (role.equals("empty")) {
            EmptyApplication.start(arguments);
            return;
        }
        LoggingSystem.get(Parts.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        Lines lines = new Lines();
        // standard output belongs to the events
        System.setOut(System.err);
        switch (role) {
            case "standins" -> standIn(lines);
            case "worker" -> Bare.work(arguments[0], lines);
            case "client" -> Bare.call(arguments[0], lines);
            default ->
                throw new IllegalArgumentException("There is no role " + role + " for " + Arrays.toString(arguments));
        }
    }

    private static void standIn(Lines lines) {
        SmtpSink smtp = new SmtpSink(lines);
        smtp.start(Executors.newCachedThreadPool());
        EngineSink engine = new EngineSink(lines);
        lines.say("ready", smtp.port(), engine.port());
        lines.obey(command -> {});
    }
}
