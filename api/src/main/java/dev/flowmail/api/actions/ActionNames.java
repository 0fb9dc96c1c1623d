package dev.flowmail.api.actions;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The message actions, as they are called in paths and in what goes into ids, and as flow builders see them. */
public final class ActionNames {

    /** Where their paths begin; a slash and the name follow. */
    public static final String PATH = "/api/email/1/actions";

    public static final String SIMPLE = "email-simple";
    public static final String EMAIL = "email";
    public static final String DECISION = "email-choices";

    public static final List<String> ALL = List.of(SIMPLE, EMAIL, DECISION);

    private static final Map<String, String> TITLES =
            Map.of(SIMPLE, "Send Email (Simple)", EMAIL, "Send Email", DECISION, "Send Email with Decision Request");

    private ActionNames() {}

    /** What flow builders see one of them called. */
    public static String title(String name) {
        return Objects.requireNonNull(TITLES.get(name));
    }

    /** The path of one of them. */
    public static String path(String name) {
        return PATH + "/" + name;
    }

    /** Whether it is the path of one of them. */
    public static boolean isPath(String path) {
        return ALL.stream().anyMatch(name -> path.equals(path(name)));
    }
}
