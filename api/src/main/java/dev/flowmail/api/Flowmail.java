package dev.flowmail.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Flowmail's program. */
@SpringBootApplication
public class Flowmail {

    public static void main(String[] arguments) {
        SpringApplication.run(Flowmail.class, arguments);
    }
}
