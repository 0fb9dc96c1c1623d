package dev.flowmail.activities.attachments;

import java.io.IOException;

/** An upload does not fit beside those that are there. Nothing of it was kept; there is room again once others have expired. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean isTenants;
    private final long limit;

    NoRoomException(boolean isTenants, long limit) {
        super((isTenants ? "One tenant's uploads" : "All uploads") + " together may have "
                + FileTooLargeException.words(limit));
        this.isTenants = isTenants;
        this.limit = limit;
    }

    /** Whether it is the tenant's own share that is used up; else the store's. */
    public boolean isTenants() {
        return isTenants;
    }

    /** The limit as people say it, e.g. {@code 5 GB}. */
    public String limit() {
        return FileTooLargeException.words(limit);
    }
}
