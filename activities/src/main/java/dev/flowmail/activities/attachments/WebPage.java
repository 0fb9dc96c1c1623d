package dev.flowmail.activities.attachments;

import java.util.Set;

/** Tells a web page that came in a file's place, e.g. a sign-in page, from the file. */
final class WebPage {

    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

    /** What makes pages: an address that ends so promises no file. */
    private static final Set<String> MAKERS = Set.of(
            "text/x-php", "text/asp", "text/aspdotnet", "text/x-jsp", "text/x-cgi", "text/x-perl", "text/x-python");

    private WebPage() {}

    /** @throws FetchFailedException for good, when a page arrives where something else was wanted */
    static void requireNone(WantedFile wanted, RemoteFile.Head head, byte[] beginning) throws FetchFailedException {
        if (wantsOther(wanted)
                && isPage(head, beginning)
                && !Disposition.of(head.disposition()).isAttachment()) {
            throw FetchFailedException.forGood(
                    head.place() + " answered with a web page where a file was promised; check"
                            + " that the file's address needs no sign-in and has not expired");
        }
    }

    private static boolean wantsOther(WantedFile wanted) {
        String type = MimeType.saysNothing(wanted.mimeType())
                ? MimeType.ofName(wanted.name())
                : MimeType.base(String.valueOf(wanted.mimeType()));
        boolean isNothing = MimeType.saysNothing(type) || (!wanted.isNameGiven() && MAKERS.contains(type));
        return !isNothing && !PAGES.contains(type);
    }

    private static boolean isPage(RemoteFile.Head head, byte[] beginning) {
        String found = MimeType.ofBytes(beginning);
        if (MimeType.saysNothing(head.mimeType())) {
            return PAGES.contains(found);
        }
        // some servers call every file a page
        boolean isPerhaps = PAGES.contains(found)
                || found.startsWith("text/")
                || found.endsWith("/xml")
                || MimeType.saysNothing(found);
        return isPerhaps && PAGES.contains(MimeType.base(String.valueOf(head.mimeType())));
    }
}
