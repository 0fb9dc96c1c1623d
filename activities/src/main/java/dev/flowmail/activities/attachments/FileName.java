package dev.flowmail.activities.attachments;

import dev.flowmail.templates.Beginning;
import dev.flowmail.templates.HostileText;
import java.util.regex.Pattern;

/** Makes of any caller's string a file name that can be shown, mailed and saved. */
public final class FileName {

    private static final int MAXIMUM_LENGTH = 255;
    private static final int MAXIMUM_EXTENSION_LENGTH = 20;
    private static final Pattern EXTENSION = Pattern.compile("\\.(?=[^.]*[A-Za-z])[A-Za-z0-9_~-]{1,10}$");
    private static final String NAMELESS = "file";

    private FileName() {}

    /**
     * The last path segment, without control and formatting characters (line ends, bidirectional overrides), cut to 255
     * characters before its extension; {@code file} when nothing is left.
     */
    static String safe(String name) {
        StringBuilder safe = new StringBuilder();
        lastSegment(name).codePoints().filter(FileName::isHarmless).forEach(safe::appendCodePoint);
        String stripped = safe.toString().strip();
        return stripped.chars().allMatch(character -> character == '.') ? NAMELESS : cut(stripped);
    }

    /**
     * The name with the extension that belongs to the type, unless it has one: many readers open no file without. Digits
     * after a dot are a number, no extension.
     */
    static String withExtension(String name, String mimeType) {
        boolean hasOne = EXTENSION.matcher(name).find();
        String extension = hasOne ? "" : MimeType.extension(mimeType);
        return extension.isEmpty() ? name : cut(name + extension);
    }

    private static String lastSegment(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            // joiners belong to words of many scripts, and to emoji
            case Character.FORMAT -> codePoint == 0x200C || codePoint == 0x200D;
            case Character.UNASSIGNED -> false;
            default -> !HostileText.isHostile(codePoint);
        };
    }

    /** Cut to 255 characters before its extension. */
    public static String cut(String name) {
        if (name.length() <= MAXIMUM_LENGTH) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = name.length() - dot <= MAXIMUM_EXTENSION_LENGTH ? name.substring(dot) : "";
        return Beginning.of(name, MAXIMUM_LENGTH - extension.length()) + extension;
    }
}
