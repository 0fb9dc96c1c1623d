package dev.flowmail.verification.schedules;

/** How the two servers behave that Flowmail depends on. */
final class Manners {

    private Manners() {}

    /** How the mail server treats the mails to one person. */
    enum OfMail {
        TAKES,
        /** Has the mail, and says so 1.5 s later. */
        SLOW,
        /** 451 to the first two. */
        BUSY_TWICE,
        /** 550, always. */
        REFUSES
    }

    /** How Flow treats one callback. */
    enum OfFlow {
        TAKES(0, 200, "", true),
        SLOW(800, 200, "", true),
        SLOWER(1_500, 200, "", true),
        TAKES_AND_HANGS(2_500, 0, "", true),
        HANGS(2_500, 0, "", false),
        FAILS(0, 500, "", false),
        FAILS_SLOWLY(700, 503, "", false),
        BUSY(0, 200, "BUSY", false),
        REFUSES(200, 400, "", false),
        NOT_ALLOWED(200, 200, "NOT_ALLOWED", false);

        /** How long it takes its time. */
        final int millis;

        /** What it answers; 0 hangs up without an answer. */
        final int status;

        /** Its body when it does not take the token. */
        final String said;

        /** Whether the flow goes on with what it was told, answered or not. */
        final boolean takes;

        OfFlow(int millis, int status, String said, boolean takes) {
            this.millis = millis;
            this.status = status;
            this.said = said;
            this.takes = takes;
        }
    }
}
