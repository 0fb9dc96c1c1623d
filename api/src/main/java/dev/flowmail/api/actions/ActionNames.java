package dev.flowmail.api.actions;

import java.util.List;

/** The message actions, as they are called in paths and in what goes into ids. */
public final class ActionNames {

    /** Where their paths begin; a slash and the name follow. */
    public static final String PATH = "/api/email/1/actions";

    public static final String SIMPLE = "email-simple";
    public static final String EMAIL = "email";
    public static final String DECISION = "email-choices";

    public static final List<String> ALL = List.of(SIMPLE, EMAIL, DECISION);

    private ActionNames() {}

    /** The path of one of them. */
    public static String path(String name) {
        return PATH + "/" + name;
    }

    /** Whether it is the path of one of them. */
    public static boolean isPath(String path) {
        return ALL.stream().anyMatch(name -> path.equals(path(name)));
    }
}
