package dev.flowmail.verification.bench;

import java.util.List;

/** Who is measured. */
interface Contender {

    Side side();

    default String name() {
        return side().words;
    }

    /** Asks for a decision, and notes how long it took until that was accepted. */
    void ask(Trip trip);

    /** Answers as the recipient, without waiting for what comes of it. */
    void answer(Trip trip, String link);

    /** Fetches a link's page by HEAD and by GET, as scanners do; nothing where there are no pages. */
    default List<Visit> sweep(String link) {
        return List.of();
    }

    /** Hands over a plain mail, and notes how long it took until that was accepted. */
    void send(Trip trip);

    /** The processes whose CPU counts; the memory of the first does. */
    List<ProcessHandle> processes();

    /** Its Temporal's processes; none when that runs elsewhere. */
    List<ProcessHandle> temporal();
}
