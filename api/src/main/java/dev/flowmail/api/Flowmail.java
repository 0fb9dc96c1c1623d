package dev.flowmail.api;

import dev.flowmail.api.commands.Commands;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Flowmail's program: serves, unless its first argument is another command. */
@SpringBootApplication
public class Flowmail {

    public static void main(String[] arguments) {
        OptionalInt exitCode = Commands.run(arguments);
        if (exitCode.isPresent()) {
            System.exit(exitCode.getAsInt());
        }
        SpringApplication.run(Flowmail.class, arguments);
    }
}
