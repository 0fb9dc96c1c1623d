package dev.flowmail.api;

import dev.flowmail.api.commands.Commands;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Flowmail's program: serves, unless its first argument is another command. */
@SpringBootApplication(
        // its spans would hold messages of failures, and where there is a workflow there would be one: api/tracing
        excludeName = "io.temporal.spring.boot.autoconfigure.OpenTracingAutoConfiguration")
public class Flowmail {

    public static void main(String[] arguments) {
        OptionalInt exitCode = Commands.run(arguments);
        if (exitCode.isPresent()) {
            System.exit(exitCode.getAsInt());
        }
        SpringApplication.run(Flowmail.class, arguments);
    }
}
