package dev.flowmail.verification.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link World} of this JVM and one {@link Browser}, ends every trouble after each, and shows the programs' logs on failure. */
final class EndToEnd implements ParameterResolver, AfterEachCallback {
    private static final int LINES = 60;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == World.class || type == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class ? world(context) : browser(context);
    }

    private static Browser browser(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(EndToEnd.class))
                .computeIfAbsent(Browser.class, type -> new Browser(), Browser.class);
    }

    private static World world(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(EndToEnd.class))
                .computeIfAbsent(World.class, type -> new World(), World.class);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        world(context).engine.behaviour().recover();
        world(context).inbox.releaseReplies();
        if (context.getExecutionException().isPresent()) {
            try (Stream<Path> files = Files.walk(World.LOGS, 2)) {
                for (Path log :
                        files.filter(file -> file.toString().endsWith(".log")).toList()) {
                    show(log);
                }
            }
        }
    }

    private static void show(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        System.err.println("--- " + log + ", the last lines");
        lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(System.err::println);
    }
}
