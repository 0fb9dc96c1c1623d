package dev.flowmail.activities.attachments;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The tenants for which a caller speaks: whose uploads they are, and whose may be used. An upload bears a mark of its tenant
 * in its name in the store, so that for other tenants there is no such upload. Where no tenant was known it bears none, as
 * all did that earlier versions took: whoever has its random id may use it.
 */
public final class Tenants {

    /** A caller who names no tenant. */
    public static final Tenants UNKNOWN = new Tenants(List.of());

    private static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Pattern UPLOAD_ID = Pattern.compile(ID);
    private static final Pattern NAME = Pattern.compile("(?:([0-9a-f]{32})-)?" + ID);

    private final List<String> marks;

    private Tenants(List<String> marks) {
        this.marks = marks;
    }

    /** The tenants with these ids, of which case does not matter; blank ones count as not known. */
    public static Tenants of(Stream<String> ids) {
        return new Tenants(
                ids.filter(id -> !id.isBlank()).map(Tenants::mark).distinct().toList());
    }

    private static String mark(String id) {
        return HexFormat.of().formatHex(DigestUtils.sha256(id.strip().toLowerCase(Locale.ROOT)), 0, 16);
    }

    /** What a new upload of theirs is called in the store; the first is who uploads. */
    String nameOf(String newId) {
        return marks.isEmpty() ? newId : named(marks.get(0), newId);
    }

    /** What an upload that they may use can be called; nothing for what is no upload's id. */
    List<String> namesOf(String uploadId) {
        return UPLOAD_ID.matcher(uploadId).matches()
                ? Stream.concat(marks.stream().map(mark -> named(mark, uploadId)), Stream.of(uploadId))
                        .toList()
                : List.of();
    }

    private static String named(String mark, String id) {
        return mark + "-" + id;
    }

    /** The mark of the tenant whose an upload is, {@code ""} where that was not known; empty for what is no upload's name. */
    static Optional<String> markIn(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1) == null ? "" : matcher.group(1)) : Optional.empty();
    }

    /** How many: ids stay out of logs. */
    @Override
    public String toString() {
        return "Tenants[" + marks.size() + "]";
    }
}
