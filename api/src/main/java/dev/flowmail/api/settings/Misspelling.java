package dev.flowmail.api.settings;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** What somebody meant who wrote the name of a setting that is none. */
final class Misspelling {

    /** Settings that are not called after Flowmail, by what people call them who think so. */
    private static final Map<String, String> OTHERS = Map.of(
            "flowmailport", "SERVER_PORT",
            "flowmailserverport", "SERVER_PORT",
            "flowmailaddress", "SERVER_ADDRESS",
            "flowmailserveraddress", "SERVER_ADDRESS",
            "flowmailtemporaladdress", "TEMPORAL_ADDRESS",
            "flowmailtemporalnamespace", "TEMPORAL_NAMESPACE",
            "flowmailtemporalapikey", "TEMPORAL_API_KEY");

    private Misspelling() {}

    /**
     * Another program's setting as variable, or one of ours as property; empty when nothing comes near.
     *
     * @param bare the name without case and separators
     * @param known properties by their bare names
     */
    static Optional<String> of(String bare, Map<String, String> known) {
        return Optional.ofNullable(OTHERS.get(bare)).or(() -> nearest(bare, known));
    }

    private static Optional<String> nearest(String bare, Map<String, String> known) {
        return known.entrySet().stream()
                .filter(entry ->
                        distance(bare, entry.getKey()) <= (entry.getKey().length() - SettingNames.PREFIX.length()) / 2)
                .min(Comparator.comparingInt(entry -> distance(bare, entry.getKey())))
                .map(Map.Entry::getValue);
    }

    /** How many letters to add, drop or replace (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
