package dev.flowmail.workflows.decision;

import org.jspecify.annotations.Nullable;

/** What people add in their own words: the comment of an answer, an operator's reason. */
final class Remark {

    private static final int LONGEST = 2_000;

    private Remark() {}

    /** As much as is kept of it: at most 2,000 characters, without half a surrogate pair at the end. */
    static @Nullable String kept(@Nullable String remark) {
        if (remark == null || remark.length() <= LONGEST) {
            return remark;
        }
        return remark.substring(0, Character.isHighSurrogate(remark.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
