package dev.flowmail.verification.bench.bare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** A web application with Temporal's starter and nothing in it. */
@EnableAutoConfiguration
public final class EmptyApplication {

    private EmptyApplication() {}

    /** Starts it; it runs until its process is ended. */
    public static void start(String[] arguments) {
        var ignored = SpringApplication.run(EmptyApplication.class, arguments);
    }
}
