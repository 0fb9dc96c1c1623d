package dev.flowmail.verification.e2e;

import dev.flowmail.servers.Command;
import dev.flowmail.servers.TemporalProcess;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a container engine makes of the repository's {@code Dockerfile}, made without one: a stage is a directory, in which
 * its instructions are played on exactly the files that {@code .dockerignore} lets through. The base images' programs are
 * those of this machine: its JDK, its Temporal CLI. Users, ports and health checks are the engine's and left out.
 */
final class Image {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    private static final Pattern CONTINUED = Pattern.compile("\\\\\n(?:\\s*#.*\n)*");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");
    private static final Pattern ABSOLUTE = Pattern.compile("(?<=[\\s=])/(?=[a-z])");
    private static final Pattern STAGE = Pattern.compile("(?:--\\S+\\s+)?(\\S+)(?:\\s+AS\\s+(\\S+))?");

    /** Only an engine, or root, makes users and gives files to them. */
    private static final String WITHOUT_USERS = "groupadd() { :; }; useradd() { :; }; "
            + (IS_ROOT ? "" : "install() { for last; do :; done; mkdir -p \"$last\"; }; ");

    private final Path work;
    private final Path context;
    private final Map<String, Path> stages = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path root;
    private Path directory;
    private List<String> entryPoint = List.of();

    private Image(Path work) throws IOException {
        this.work = work;
        this.context = Files.createDirectories(work.resolve("context"));
        this.root = work;
        this.directory = work;
    }

    /** @param work an empty directory, in which it is built */
    static Image build(Path work) throws Exception {
        Image image = new Image(work);
        image.send();
        for (String instruction : CONTINUED
                .matcher(Files.readString(REPOSITORY.resolve("Dockerfile")))
                .replaceAll(" ")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList()) {
            String[] words = instruction.split("\\s+", 2);
            image.play(words[0], words[1]);
        }
        return image;
    }

    private void play(String instruction, String rest) throws Exception {
        switch (instruction) {
            case "FROM" -> begin(STAGE.matcher(rest).results().findFirst().orElseThrow());
            case "WORKDIR" -> directory = Files.createDirectories(inside(rest));
            case "COPY" -> copy(new ArrayList<>(List.of(rest.split("\\s+"))));
            case "RUN" -> run(rest);
            case "ENV" ->
                VARIABLE.matcher(rest)
                        .results()
                        .forEach(set ->
                                environment.put(set.group(1), set.group(2) == null ? set.group(3) : set.group(2)));
            case "ENTRYPOINT" -> entryPoint = quoted(rest);
            default -> {
                // the engine's
            }
        }
    }

    private static List<String> quoted(String list) {
        return QUOTED.matcher(list).results().map(word -> word.group(1)).toList();
    }

    private void begin(MatchResult stage) throws IOException {
        String name = stage.group(2) == null ? "image" : stage.group(2);
        root = Files.createDirectories(work.resolve(name));
        directory = root;
        stages.put(name, root);
        environment.clear();
        Path programs = Files.createDirectories(root.resolve("usr/local/bin"));
        if (stage.group(1).startsWith("temporalio/temporal:")) {
            Files.copy(TemporalProcess.cli().toRealPath(), programs.resolve("temporal"));
        }
    }

    /** Where a path of the stage lies. */
    private Path inside(String path) {
        return path.startsWith("/") ? root.resolve(path.substring(1)) : directory.resolve(path);
    }

    private void copy(List<String> words) throws IOException {
        Path from = words.get(0).startsWith("--from=")
                ? Objects.requireNonNull(stages.get(words.remove(0).substring("--from=".length())))
                : context;
        String last = words.remove(words.size() - 1);
        for (String source : words) {
            Path path = from.resolve(source.replaceFirst("^/", "")).normalize();
            boolean isInto = last.endsWith("/") && !Files.isDirectory(path);
            copy(path, isInto ? inside(last).resolve(path.getFileName()) : inside(last));
        }
    }

    /** A directory's content, or a file. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private void run(String command) throws Exception {
        Command.Ended ended = new Command(
                        "sh", "-c", WITHOUT_USERS + ABSOLUTE.matcher(command).replaceAll(root + "/"))
                .in(directory)
                .with(environment)
                .with("PATH", path())
                .with("JAVA_HOME", System.getProperty("java.home"))
                .run();
        if (ended.code() != 0) {
            throw new AssertionError("RUN " + command + "\n" + ended.said());
        }
    }

    private String path() {
        return root.resolve("usr/local/bin") + ":" + Path.of(System.getProperty("java.home"), "bin") + ":"
                + System.getenv("PATH");
    }

    /** Copies to the context what {@code .dockerignore} lets through: its last pattern that fits decides. */
    private void send() throws IOException {
        List<String> reversed = new ArrayList<>(Files.readAllLines(REPOSITORY.resolve(".dockerignore")));
        reversed.removeIf(line -> line.isBlank() || line.startsWith("#"));
        Collections.reverse(reversed);
        Files.walkFileTree(REPOSITORY, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                // large, in motion, and let through by no pattern
                return Set.of("target", ".tools", ".flowmail", ".git")
                                .contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path path = REPOSITORY.relativize(file);
                boolean isLeftOut = reversed.stream()
                        .filter(pattern -> fits(pattern.replaceFirst("^!", ""), path))
                        .findFirst()
                        .filter(pattern -> !pattern.startsWith("!"))
                        .isPresent();
                if (attributes.isRegularFile() && !isLeftOut) {
                    copy(file, context.resolve(path.toString()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether a pattern names a path, or a directory that it lies in. */
    private static boolean fits(String pattern, Path path) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        return Stream.iterate(path, parent -> parent != null, Path::getParent).anyMatch(matcher::matches);
    }

    /** What starts it: as a user that owns nothing of it but the data, without a single capability, where root may choose. */
    List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "cd '" + directory + "' && exec \"$@\"", "image"));
        if (IS_ROOT) {
            command.addAll(List.of("setpriv", "--reuid=10001", "--regid=10001", "--clear-groups"));
            command.addAll(List.of("--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"));
        }
        command.addAll(entryPoint);
        return command;
    }

    /** The image's own settings, at home in its directory. */
    Map<String, String> environment() {
        Map<String, String> settings = new HashMap<>(environment);
        settings.replaceAll(
                (name, value) -> value.startsWith("/") ? inside(value).toString() : value);
        settings.put("PATH", path());
        settings.put("HOME", "/nonexistent");
        return settings;
    }

    /** Where a path of it lies. */
    Path resolve(String path) {
        return inside(path);
    }
}
