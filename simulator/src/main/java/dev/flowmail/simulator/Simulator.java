package dev.flowmail.simulator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The simulator's program. */
@SpringBootApplication
public class Simulator {

    public static void main(String[] arguments) {
        SpringApplication.run(Simulator.class, arguments);
    }
}
