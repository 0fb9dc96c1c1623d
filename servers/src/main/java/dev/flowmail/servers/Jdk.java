package dev.flowmail.servers;

import java.nio.file.Path;

/** The JDK that runs this. */
public final class Jdk {

    private Jdk() {}

    /** One of its programs, e.g. {@code java}. */
    public static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
